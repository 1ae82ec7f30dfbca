import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "./icon";

type Props = {
  field: string;
  /** How the field is compared: "is", "is not", "before". */
  op?: string;
  value: ReactNode;
  removeHref?: string;
  onRemove?: () => void;
  removeLabel?: string;
};

/** One filter in force, which can be taken away. */
export function Chip({ field, op = "is", value, removeHref, onRemove, removeLabel }: Props) {
  const label = removeLabel ?? `Remove the filter ${field}`;
  const cross = <Icon name="x" size={12} />;
  return (
    <span className="chip">
      <span className="chip__k">
        {field} {op}
      </span>
      <span className="chip__v cut">{value}</span>
      {removeHref !== undefined && (
        <Link className="chip__x" href={removeHref} aria-label={label} scroll={false}>
          {cross}
        </Link>
      )}
      {onRemove && (
        <button className="chip__x" type="button" aria-label={label} onClick={onRemove}>
          {cross}
        </button>
      )}
    </span>
  );
}
