import { cx } from "./cx";
import { formatDuration, formatFull, formatInstant, type Instant, toMs } from "./format";
import type { Tone } from "./tone";

type Props = {
  start: Instant;
  end: Instant;
  /** When renewal is due: the tick. */
  renewAt?: Instant;
  now: Instant;
  tone?: Tone;
  /** Only when no words stand beside it. */
  label?: string;
};

/** The one bar for time left: the filled part is life used, the tick is when renewal is due. */
export function Lifeline({ start, end, renewAt, now, tone, label }: Props) {
  const used = share(start, end, now);
  return (
    <svg
      className={cx("life", tone && `life--${tone}`)}
      height="7"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      focusable="false"
    >
      <rect className="life__all" x="0" y="2" width="100%" height="3" rx="1.5" />
      <rect className="life__used" x="0" y="2" width={percent(used)} height="3" rx="1.5" />
      {renewAt !== undefined && (
        <line
          className="life__tick"
          x1={percent(share(start, end, renewAt))}
          x2={percent(share(start, end, renewAt))}
          y1="0"
          y2="7"
        />
      )}
    </svg>
  );
}

/** The table cell of a thing that ends: when, how long still, and its lifeline. */
export function Expiry({ start, end, renewAt, now, tone }: Omit<Props, "label">) {
  const left = toMs(end) - toMs(now);
  const isUrgent = tone === "danger" || tone === "warn";
  return (
    <span className="exp">
      <span className="exp__t">
        <time className="abs" dateTime={new Date(toMs(end)).toISOString()} title={formatFull(end)}>
          {formatInstant(end, now)}
        </time>
        <span className={cx("rel", isUrgent && "w5", tone === "danger" && "da-x", tone === "warn" && "wa-x")}>
          {left > 0 ? formatDuration(left) : "ended"}
        </span>
      </span>
      <Lifeline start={start} end={end} renewAt={renewAt} now={now} tone={tone} />
    </span>
  );
}

function share(start: Instant, end: Instant, at: Instant): number {
  const length = toMs(end) - toMs(start);
  if (length <= 0) return 1;
  return Math.min(1, Math.max(0, (toMs(at) - toMs(start)) / length));
}

function percent(part: number): string {
  return `${Math.round(part * 1_000) / 10}%`;
}
