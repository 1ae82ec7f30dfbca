import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { formatCount } from "./format";
import { Icon, type IconName } from "./icon";
import { type Tone, toneIcon, toneText } from "./tone";

type Facet = {
  label: string;
  /** Counted over the result shown; absent while unknown. */
  count?: number;
  /** There are at least so many: not all were counted. */
  isAtLeast?: boolean;
  /** Adds the filter, or takes it away when it is on. */
  href: string;
  isOn?: boolean;
  tone?: Tone;
  icon?: IconName;
};

type Group = { title: string; items: readonly Facet[]; more?: { href: string; count: number } };

/** The filters of a list, as links with honest counts. */
export function Facets({ label, groups }: { label: string; groups: readonly Group[] }) {
  return (
    <nav aria-label={label}>
      {groups.map((group) => (
        <div className="fac__g" key={group.title}>
          <h2 className="fac__h">{group.title}</h2>
          <ul>
            {group.items.map((facet) => (
              <li key={facet.label}>
                <FacetLink {...facet} />
              </li>
            ))}
            {group.more && (
              <li>
                <Link className="fac x3" href={group.more.href} scroll={false}>
                  {formatCount(group.more.count)} more
                </Link>
              </li>
            )}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function FacetLink({ label, count, isAtLeast, href, isOn, tone, icon }: Facet) {
  const mark = icon ?? (tone && toneIcon[tone]);
  return (
    <Link className="fac" href={href} aria-current={isOn ? "true" : undefined} scroll={false}>
      {mark && <Icon name={mark} size={14} className={tone ? toneText[tone] : "x3"} />}
      <span className="min-w-0 py-0.5">{label}</span>
      {isOn && <span className="vh">, on, choose to remove</span>}
      {count !== undefined && (
        <span className="n" title={isAtLeast ? `at least ${formatCount(count)}` : undefined}>
          {isAtLeast && <span className="vh">at least </span>}
          {formatCount(count)}
          {isAtLeast && <span aria-hidden="true">+</span>}
        </span>
      )}
    </Link>
  );
}

/** A facet rail beside the pane that it filters. Without a rail the pane has the whole width. */
export function WorkArea({ rail, children }: { rail?: ReactNode; children: ReactNode }) {
  return (
    <div className={cx("work", !rail && "work--plain")}>
      {rail && <div className="rail">{rail}</div>}
      {children}
    </div>
  );
}

/** A column that scrolls inside: search, table, foot. */
export function Pane({ children }: { children: ReactNode }) {
  return <div className="pane">{children}</div>;
}

/** The search of a list and its buttons. */
export function QueryBar({ children }: { children: ReactNode }) {
  return <div className="qbar">{children}</div>;
}

/** A table beside the panel that is open on one of its rows. */
export function PanelLayout({ panel, children }: { panel?: ReactNode; children: ReactNode }) {
  return (
    <div className={cx("panel__l", panel ? "panel__l--open" : undefined)}>
      <div>{children}</div>
      {panel}
    </div>
  );
}
