import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { formatCount } from "./format";

type Tab = {
  href: string;
  label: ReactNode;
  count?: number;
  countTone?: "danger" | "warn";
  isCurrent?: boolean;
};

type Props = { label: string; items: readonly Tab[]; end?: ReactNode; isInset?: boolean };

/** Views of the same page, each with its own address; counts are part of the name. */
export function Tabs({ label, items, end, isInset }: Props) {
  return (
    <nav className={cx("tabs", isInset && "tabs--in")} aria-label={label}>
      {items.map((item) => (
        <Link
          key={item.href}
          className="tabs__i"
          href={item.href}
          aria-current={item.isCurrent ? "page" : undefined}
          scroll={false}
        >
          {item.label}
          {item.count !== undefined && (
            <span className={cx("n", item.countTone && item.count > 0 && `n--${item.countTone}`)}>
              {formatCount(item.count)}
            </span>
          )}
        </Link>
      ))}
      {end && <div className="tabs__e">{end}</div>}
    </nav>
  );
}

type SegmentedLinksProps = { label: string; items: readonly { href: string; label: string; isCurrent?: boolean }[] };

/** A few short views side by side, each with its own address. */
export function SegmentedLinks({ label, items }: SegmentedLinksProps) {
  return (
    <nav className="seg" aria-label={label}>
      {items.map((item) => (
        <Link
          key={item.href}
          className="seg__i"
          href={item.href}
          aria-current={item.isCurrent ? "page" : undefined}
          scroll={false}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
