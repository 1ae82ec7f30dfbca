import { BarChart, ChartLegend } from "@/components/ui/bar-chart";
import { formatCount, formatInstant } from "@/components/ui/format";
import { Section } from "@/components/ui/page-head";
import type { AuditHistogram } from "@/server/audit/contract";
import type { IssuanceHistory } from "@/server/certificates/inventory-contract";

const HOUR_MS = 3_600_000;

type Props = { readonly history: IssuanceHistory; readonly refusals?: AuditHistogram };

/** Certificates issued an hour, and below the line everything that was refused. */
export function History({ history, refusals }: Props) {
  const { hours, now } = history;
  const refusedAt = new Map(refusals?.hours.map((hour) => [Math.floor(hour.at.getTime() / HOUR_MS), hour.refused]));
  const bars = hours.map((hour) => {
    const refused = refusedAt.get(Math.floor(hour.from / HOUR_MS)) ?? 0;
    const span = `from=${new Date(hour.from).toISOString()}&until=${new Date(hour.from + HOUR_MS).toISOString()}`;
    return {
      label: formatInstant(hour.from, now),
      up: hour.issued,
      down: refused,
      href: refusals ? `/audit?${span}` : undefined,
    };
  });
  const issued = bars.reduce((sum, bar) => sum + bar.up, 0);
  const refused = bars.reduce((sum, bar) => sum + bar.down, 0);
  const at = (index: number) => ({ index, text: formatInstant(hours[index]?.from ?? now, now) });
  return (
    <Section
      title="Issued and refused"
      aside="last 48 h"
      end={
        <ChartLegend
          up={`${formatCount(issued)} issued`}
          down={refusals ? `${formatCount(refused)} refused` : "refusals: ask an auditor"}
        />
      }
    >
      <BarChart
        label="Certificates issued and requests refused per hour, last 48 hours"
        upWord="issued"
        downWord="refused"
        unit="an hour"
        axis={[at(0), at(Math.floor(hours.length / 2)), { index: hours.length - 1, text: "now" }]}
        bars={bars}
      />
    </Section>
  );
}
