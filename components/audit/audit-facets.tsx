import { Facets } from "@/components/ui/facets";
import type { AuditFacets, AuditFilter } from "@/server/audit/contract";
import { auditHref } from "./audit-address";
import { kindWords } from "./event-words";

const SHOWN = 14;

type Props = { readonly filter: AuditFilter; readonly facets: AuditFacets };

/** The filters of the log: by result and by kind of event, counted over what the others leave. */
export function AuditFacetRail({ filter, facets }: Props) {
  const toggle = (change: Partial<AuditFilter>) => auditHref({ filter: { ...filter, ...change } });
  return (
    <Facets
      label="Filters"
      groups={[
        {
          title: "Result",
          items: [
            {
              label: "Refused",
              tone: "danger" as const,
              count: facets.outcomes.refused,
              isOn: filter.outcome === "refused",
              href: toggle({ outcome: filter.outcome === "refused" ? undefined : "refused" }),
            },
            {
              label: "Done",
              tone: "ok" as const,
              count: facets.outcomes.done,
              isOn: filter.outcome === "done",
              href: toggle({ outcome: filter.outcome === "done" ? undefined : "done" }),
            },
          ],
        },
        {
          title: "Kind",
          items: facets.kinds.slice(0, SHOWN).map(({ kind, count }) => ({
            label: kindWords(kind),
            count,
            isOn: filter.kind === kind,
            href: toggle({ kind: filter.kind === kind ? undefined : kind }),
          })),
        },
      ]}
    />
  );
}
