import { DECISIONS } from "@/components/policies/words";
import { Facets } from "@/components/ui/facets";
import { type DecisionAddress, decisionsHref } from "./decision-address";

const HOUR_MS = 3_600_000;
const SPANS = [
  { label: "Last hour", ms: HOUR_MS },
  { label: "Last 24 h", ms: 24 * HOUR_MS },
  { label: "Last 7 d", ms: 7 * 24 * HOUR_MS },
  { label: "Last 30 d", ms: 30 * 24 * HOUR_MS },
] as const;

/** The kinds of workload that the schema names; another may be typed. */
const KINDS = ["training", "fine-tuning", "inference", "batch", "notebook"] as const;

type Props = { readonly address: DecisionAddress; readonly now: number };

/** The filters that are chosen rather than typed. They carry no counts: the log is not counted by them. */
export function DecisionFacets({ address: { filter, isLive }, now }: Props) {
  const toggle = (change: Partial<typeof filter>) => decisionsHref({ filter: { ...filter, ...change }, isLive });
  const since = (ms: number) => new Date(Math.floor((now - ms) / 60_000) * 60_000);
  return (
    <Facets
      label="Filters"
      groups={[
        {
          title: "Decision",
          items: (["deny", "allow"] as const).map((decision) => ({
            label: DECISIONS[decision].word,
            tone: DECISIONS[decision].tone,
            icon: DECISIONS[decision].icon,
            isOn: filter.decision === decision,
            href: toggle({ decision: filter.decision === decision ? undefined : decision }),
          })),
        },
        {
          title: "Time",
          items: SPANS.map(({ label, ms }) => {
            const isOn = filter.until === undefined && filter.from !== undefined && isSpan(now, filter.from, ms);
            return { label, isOn, href: toggle({ from: isOn ? undefined : since(ms), until: undefined }) };
          }),
        },
        {
          title: "Workload",
          items: KINDS.map((kind) => ({
            label: kind,
            isOn: filter.workloadKind === kind,
            href: toggle({ workloadKind: filter.workloadKind === kind ? undefined : kind }),
          })),
        },
      ]}
    />
  );
}

/** The address keeps the moment, which grows older while the page is looked at. */
function isSpan(now: number, from: Date, ms: number): boolean {
  const over = now - from.getTime() - ms;
  return over >= 0 && over < HOUR_MS / 4;
}
