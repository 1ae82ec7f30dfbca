import { BarChart } from "@/components/ui/bar-chart";
import { formatInstant } from "@/components/ui/format";
import type { AuditFilter, AuditHistogram } from "@/server/audit/contract";
import { auditHref } from "./audit-address";

const HOUR_MS = 3_600_000;

type Props = { readonly filter: AuditFilter; readonly histogram: AuditHistogram; readonly now: number };

/** Events an hour over the last three days, what was refused below the line. Each hour leads into the log. */
export function AuditBars({ filter, histogram, now }: Props) {
  const { hours } = histogram;
  const at = (index: number) => ({ index, text: formatInstant(hours[index]?.at ?? now, now) });
  return (
    <BarChart
      isWide
      label="Events per hour, last 72 hours"
      upWord="done"
      downWord="refused"
      unit="an hour"
      axis={[
        at(0),
        at(Math.floor(hours.length / 3)),
        at(Math.floor((hours.length * 2) / 3)),
        { index: hours.length - 1, text: "now" },
      ]}
      bars={hours.map((hour) => ({
        label: formatInstant(hour.at, now),
        up: hour.done,
        down: hour.refused,
        href: auditHref({ filter: { ...filter, from: hour.at, until: new Date(hour.at.getTime() + HOUR_MS) } }),
      }))}
    />
  );
}
