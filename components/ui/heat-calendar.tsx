import Link from "next/link";
import { cx } from "./cx";
import { dayKey, formatCount, formatDay, plural } from "./format";
import { type HeatStep, quantileSteps, stepOf } from "./heat";

type Props = {
  /** What is counted, as the name of the table. */
  label: string;
  /** The Monday the calendar begins with, at 00:00 UTC. */
  from: number;
  weeks?: number;
  /** Counts by day key, "2026-03-12"; absent days count nothing. */
  counts: Readonly<Record<string, number>>;
  now: number;
  /** Where a day leads. */
  hrefOf: (day: string) => string;
  /** Days that hold something a person must see to. */
  pins?: readonly string[];
  pinWord?: string;
  noun: string;
  /** What happens to it on that day: "end". */
  verb: string;
};

const dayMs = 86_400_000;
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** A calendar of weeks whose days are coloured by count, and show the count. */
export function HeatCalendar(props: Props) {
  const { label, from, weeks = 12, counts, now, pins = [], pinWord } = props;
  const columns = Array.from({ length: weeks }, (_, week) => from + week * 7 * dayMs);
  const today = dayKey(now);
  const visible = Array.from({ length: weeks * 7 }, (_, index) => dayKey(from + index * dayMs));
  const steps = quantileSteps(visible.filter((day) => day >= today).map((day) => counts[day] ?? 0));

  return (
    <>
      <table className="heat">
        <caption className="vh">{label}</caption>
        <colgroup>
          <col width="32" />
        </colgroup>
        <thead>
          <tr>
            <th>
              <span className="vh">Day</span>
            </th>
            {columns.map((monday, index) => (
              <th key={monday} scope="col">
                {weekHead(monday, columns[index - 1], now)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((weekday, row) => (
            <tr key={weekday}>
              <th scope="row">{weekday}</th>
              {columns.map((monday) => (
                <td key={monday}>
                  <Day
                    {...props}
                    at={monday + row * dayMs}
                    today={today}
                    steps={steps}
                    isPinned={pins.includes(dayKey(monday + row * dayMs))}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <HeatLegend steps={steps} pinWord={pins.length > 0 ? pinWord : undefined} />
    </>
  );
}

type DayProps = Pick<Props, "counts" | "hrefOf" | "noun" | "verb" | "now"> & {
  at: number;
  today: string;
  steps: readonly HeatStep[];
  isPinned: boolean;
};

function Day({ at, today, counts, hrefOf, noun, verb, now, steps, isPinned }: DayProps) {
  const day = dayKey(at);
  if (day < today) return <span className="heat__c heat__c--past" />;
  const count = counts[day] ?? 0;
  const step = stepOf(count, steps);
  const className = cx(
    "heat__c",
    step > 0 && `heat-${step}`,
    day === today && "heat__c--today",
    isPinned && "heat__c--pin",
  );
  const words = `${formatDay(at, now)}: ${plural(count, noun)} ${count === 1 ? `${verb}s` : verb}${isPinned ? ", one needs a person" : ""}`;
  return count > 0 ? (
    <Link className={className} href={hrefOf(day)} aria-label={words} title={words} prefetch={false}>
      {formatCount(count)}
    </Link>
  ) : (
    <span className={className}>0</span>
  );
}

function HeatLegend({ steps, pinWord }: { steps: readonly HeatStep[]; pinWord?: string }) {
  if (steps.length === 0) return null;
  return (
    <div className="heat__l">
      <span>Fewer</span>
      {steps.map((step, index) => (
        <span key={step.from} className={`heat-${index + 1}`}>
          {step.from === step.to ? formatCount(step.from) : `${formatCount(step.from)}–${formatCount(step.to)}`}
        </span>
      ))}
      <span>More</span>
      {pinWord && <span className="pinl">{pinWord}</span>}
    </div>
  );
}

/** The day of the month, with the month where it changes. */
function weekHead(monday: number, before: number | undefined, now: number): string {
  const isNewMonth = before === undefined || new Date(before).getUTCMonth() !== new Date(monday).getUTCMonth();
  const words = formatDay(monday, now).split(" ");
  return isNewMonth ? words.slice(0, 2).join(" ") : (words[0] ?? "");
}
