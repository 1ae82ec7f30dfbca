import Link from "next/link";
import { cx } from "./cx";
import { formatCount } from "./format";

type Bar = {
  /** When or what the bar stands for: "11 Mar 03:00". */
  label: string;
  up: number;
  down: number;
  href?: string;
};

type Props = {
  /** "Issued and refused per hour, last 48 hours". */
  label: string;
  bars: readonly Bar[];
  upWord: string;
  downWord: string;
  /** What one bar covers: "an hour". */
  unit: string;
  /** Words under the axis, each at a bar. */
  axis: readonly { index: number; text: string }[];
  /** Low and across the whole page, above a list. */
  isWide?: boolean;
};

const sizes = {
  section: { width: 620, height: 158, base: 121, top: 18, down: 24 },
  page: { width: 1168, height: 92, base: 62, top: 16, down: 12 },
};

/** How much of a chart a phone shows, from the newest back, and how far a word under the axis reaches to the left. */
const [ON_PHONE, HALF_A_WORD] = [350, 140];

/** Bars up for what went well, down for what did not. A table with the same numbers stands behind it. */
export function BarChart({ label, bars, upWord, downWord, unit, axis, isWide }: Props) {
  const size = isWide ? sizes.page : sizes.section;
  const most = Math.max(1, ...bars.map((bar) => bar.up));
  const mostDown = Math.max(1, ...bars.map((bar) => bar.down));
  const step = size.width / Math.max(1, bars.length);
  const width = Math.max(1, step - Math.min(3, step * 0.25));
  const scale = (size.base - size.top) / most;
  const downScale = Math.min(scale, size.down / mostDown);
  const grid = gridLine(most);
  const firstOnPhone = Math.max(0, Math.ceil((size.width - ON_PHONE) / step));

  return (
    <figure className="crop">
      <svg
        className={cx("hist", isWide && "hist--wide")}
        viewBox={`0 0 ${size.width} ${size.height}`}
        aria-hidden="true"
        focusable="false"
      >
        <line
          className="hist__grid"
          x1="0"
          x2={size.width}
          y1={round(size.base - grid * scale)}
          y2={round(size.base - grid * scale)}
        />
        <line className="hist__base" x1="0" x2={size.width} y1={size.base} y2={size.base} />
        {bars.map((bar, index) => {
          const x = round(index * step + (step - width) / 2);
          const up = round(bar.up * scale);
          const down = bar.down === 0 ? 0 : round(Math.max(3, bar.down * downScale));
          return (
            <g key={bar.label}>
              {up > 0 && (
                <rect
                  className="hist__up"
                  x={x}
                  y={round(size.base - 1 - up)}
                  width={round(width)}
                  height={up}
                  rx="1"
                />
              )}
              {down > 0 && (
                <rect className="hist__down" x={x} y={size.base + 1} width={round(width)} height={down} rx="1" />
              )}
              <rect
                className="hist__hit"
                x={round(index * step)}
                y="0"
                width={round(step)}
                height={size.base + size.down}
              >
                <title>{`${bar.label}: ${formatCount(bar.up)} ${upWord}, ${formatCount(bar.down)} ${downWord}`}</title>
              </rect>
            </g>
          );
        })}
        <text className="ax ax--over" x={size.width} y={round(size.base - grid * scale - 4)} textAnchor="end">
          {formatCount(grid)} {unit}
        </text>
        {axis.map(({ index, text }) => {
          const x = round(index === bars.length - 1 ? size.width : index * step);
          return (
            <text
              key={text}
              className={cx("ax", x < size.width - ON_PHONE + HALF_A_WORD && "ax--wide")}
              x={x}
              y={size.height - 2}
              textAnchor={index === 0 ? "start" : index === bars.length - 1 ? "end" : "middle"}
            >
              {text}
            </text>
          );
        })}
        <text className="ax ax--narrow" x={round(firstOnPhone * step)} y={size.height - 2}>
          {bars[firstOnPhone]?.label}
        </text>
      </svg>
      <div className="vh">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">{upWord}</th>
              <th scope="col">{downWord}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.label}>
                <th scope="row">
                  {bar.href ? (
                    <Link href={bar.href} tabIndex={-1}>
                      {bar.label}
                    </Link>
                  ) : (
                    bar.label
                  )}
                </th>
                <td>{formatCount(bar.up)}</td>
                <td>{formatCount(bar.down)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

/** The totals of a chart, each with the colour of its bars. */
export function ChartLegend({ up, down }: { up: string; down: string }) {
  return (
    <span className="keyl">
      <span className="keyl__i">{up}</span>
      <span className="keyl__i keyl__i--danger">{down}</span>
    </span>
  );
}

/** A round number at or just below the highest bar. */
export function gridLine(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  const step =
    [8, 6, 5, 4, 3, 2, 1.5, 1].find((factor) => factor * power <= most && Number.isInteger(factor * power)) ?? 1;
  return step * power;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
