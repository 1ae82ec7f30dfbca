import type { Tone } from "./tone";

/** How much of a limit is used; the words stand beside it. */
export function Meter({ value, max, label }: { value: number; max: number; label: string }) {
  const width = max > 0 ? `${Math.min(100, (value / max) * 100)}%` : "0%";
  return (
    <svg className="meter" height="6" role="img" aria-label={label} focusable="false">
      <rect className="meter__all" width="100%" height="6" rx="3" />
      <rect className="meter__part" width={width} height="6" rx="3" />
    </svg>
  );
}

type ShareBarProps = {
  parts: readonly { tone: Tone; value: number }[] /** The value of the full width. */;
  max: number;
};

/** Parts of a whole, in a row of a table that also has the numbers. Small parts stay at least 1 % wide. */
export function ShareBar({ parts, max }: ShareBarProps) {
  let x = 0;
  const drawn = parts
    .filter((part) => part.value > 0)
    .map((part) => {
      const width = Math.max(1, max > 0 ? (part.value / max) * 100 : 0);
      const bar = { tone: part.tone, x, width };
      x += width;
      return bar;
    });
  return (
    <svg className="share" height="6" aria-hidden="true" focusable="false">
      {drawn.map((bar) => (
        <rect
          key={bar.tone}
          className={`meter__part meter__part--${bar.tone}`}
          x={`${bar.x}%`}
          width={`${Math.max(0.6, bar.width - 0.6)}%`}
          height="6"
          rx="1"
        />
      ))}
    </svg>
  );
}
