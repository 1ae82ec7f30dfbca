import { formatFull, formatInstant, formatRelative, formatShortDuration, type Instant, toMs } from "./format";

type Props = {
  at: Instant;
  /** The server's clock; nothing here reads one by itself, so that both renderings agree. */
  now: Instant;
  form?: "both" | "absolute" | "relative" | "short";
  seconds?: boolean;
  year?: "auto" | "always";
  className?: string;
};

/** A moment: absolute in UTC together with relative, the whole of it in the tooltip. */
export function Time({ at, now, form = "both", seconds, year, className }: Props) {
  return (
    <time className={className} dateTime={new Date(toMs(at)).toISOString()} title={formatFull(at)}>
      {words({ at, now, form, seconds, year })}
    </time>
  );
}

function words({ at, now, form, seconds, year }: Props) {
  const absolute = formatInstant(at, now, { seconds, year });
  switch (form) {
    case "absolute":
      return absolute;
    case "relative":
      return formatRelative(at, now);
    case "short":
      return formatShortDuration(Math.abs(toMs(at) - toMs(now)));
    default:
      return (
        <>
          {absolute} UTC, <span className="x2">{formatRelative(at, now)}</span>
        </>
      );
  }
}
