import { formatDay, formatInstant } from "@/components/ui/format";
import type { CertificateDetail } from "@/server/certificates/contract";
import { type LifeScale, lifeScale } from "./life-scale";

/** One certificate of a line of renewals. */
export type Generation = CertificateDetail["generations"][number] & {
  readonly number: number;
  /** When it stopped being used, if that was before its end. */
  readonly endedEarly: Date | null;
};

type Props = { readonly generations: readonly Generation[]; readonly now: number };

const TOP = 34;
const ROW = 36;
const SHOWN = 4;

/** The last generations over time. The table beside it says the same; this is for the eye alone. */
export function LifeChart({ generations, now }: Props) {
  const at = generations.findIndex(({ isThis }) => isThis);
  const last = Math.max(SHOWN, Math.min(generations.length, at + 2));
  const shown = generations.slice(Math.max(0, last - SHOWN), last);
  const scale = lifeScale(
    shown.map(({ notBefore, notAfter }) => ({ start: notBefore.getTime(), end: notAfter.getTime() })),
    now,
  );
  const height = TOP + shown.length * ROW + 10;
  const nowAt = scale.percent(now);
  return (
    <svg className="topline mb-1 block w-full overflow-hidden" height={height} aria-hidden="true" focusable="false">
      {scale.marks.map(({ at: mark, text }) => (
        <g key={mark}>
          <line className="lifec__grid" x1={x(scale, mark)} x2={x(scale, mark)} y1="26" y2={height} />
          <text className="lifec__axis" x={x(scale, mark)} y="18" textAnchor={anchor(scale.percent(mark))}>
            {text}
          </text>
        </g>
      ))}
      <line className="lifec__now" x1={`${nowAt}%`} x2={`${nowAt}%`} y1="20" y2={height} />
      {shown.map((generation, index) => (
        <Bar key={generation.serial} generation={generation} scale={scale} y={TOP + index * ROW} now={now} />
      ))}
      <svg x={`${nowAt}%`} y="4" overflow="visible">
        <rect className="lifec__tag" x={nowAt > 50 ? -34 : 0} y="0" width="34" height="18" rx="3" />
        <text className="lifec__word" x={nowAt > 50 ? -17 : 17} y="13" textAnchor="middle">
          now
        </text>
      </svg>
    </svg>
  );
}

type BarProps = {
  readonly generation: Generation;
  readonly scale: LifeScale;
  readonly y: number;
  readonly now: number;
};

function Bar({ generation, scale, y, now }: BarProps) {
  const { notBefore, notAfter, renewAfter, endedEarly, status, isThis } = generation;
  const start = notBefore.getTime();
  const used = Math.min(now, notAfter.getTime(), endedEarly?.getTime() ?? Number.POSITIVE_INFINITY);
  const isLate = status === "due";
  const end = scale.percent(notAfter.getTime());
  const isRight = scale.percent(start) > 55;
  return (
    <g className={isLate ? "lifec--late" : undefined}>
      <rect
        className="lifec__all"
        x={x(scale, start)}
        y={y}
        width={width(scale, start, notAfter.getTime())}
        height="8"
        rx="2"
      />
      <rect
        className={isThis ? "lifec__used lifec__used--this" : "lifec__used"}
        x={x(scale, start)}
        y={y}
        width={width(scale, start, used)}
        height="8"
        rx="2"
      />
      {isLate && (
        <rect
          className="lifec__over"
          x={x(scale, renewAfter.getTime())}
          y={y}
          width={width(scale, renewAfter.getTime(), used)}
          height="8"
        />
      )}
      <line
        className="lifec__tick"
        x1={x(scale, renewAfter.getTime())}
        x2={x(scale, renewAfter.getTime())}
        y1={y - 3}
        y2={y + 11}
      />
      <text
        className={isThis ? "lifec__label lifec__label--this" : "lifec__label"}
        x={isRight ? `${end}%` : x(scale, start)}
        y={y + 22}
        textAnchor={isRight ? "end" : "start"}
      >
        {label(generation, now)}
      </text>
    </g>
  );
}

function label({ number, status, renewAfter, notAfter, endedEarly, isThis }: Generation, now: number): string {
  const name = isThis ? `Generation ${number}, this one` : `Generation ${number}`;
  switch (status) {
    case "active":
      return `${name}. Renewal due ${formatInstant(renewAfter, now)}`;
    case "due":
      return `${name}. Renewal due since ${formatInstant(renewAfter, now)}`;
    case "renewed":
      return `${name}, renewed ${endedEarly ? formatInstant(endedEarly, now) : ""}`;
    case "expired":
      return `${name}, ended ${formatDay(notAfter, now)}`;
    case "revoked":
      return `${name}, revoked${endedEarly ? ` ${formatInstant(endedEarly, now)}` : ""}`;
  }
}

function x(scale: LifeScale, at: number): string {
  return `${scale.percent(at)}%`;
}

function width(scale: LifeScale, from: number, to: number): string {
  return `${Math.max(0, Math.round((scale.percent(to) - scale.percent(from)) * 100) / 100)}%`;
}

function anchor(percent: number): "start" | "middle" | "end" {
  if (percent < 4) return "start";
  return percent > 96 ? "end" : "middle";
}
