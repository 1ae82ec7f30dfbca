import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { formatCount, plural } from "./format";
import { Icon, type IconName } from "./icon";

type TableProps = {
  /** What the table holds, for screen readers. */
  caption: string;
  /** Without the page gutter, inside a section. On a phone cells with `m-hide` go, and the rest may scroll sideways. */
  isInset?: boolean;
  isSmall?: boolean;
  /** Rows become two lines on a phone; cells say where they go: a-name, a-status, a-more, a-when. */
  isStacked?: boolean;
  /** Rows that do not react to the pointer, and a head that scrolls along. */
  isStill?: boolean;
  className?: string;
  /** Rows there are, the head included, where not all are drawn; -1 where nobody knows. */
  rowCount?: number;
  children: ReactNode;
};

/** A table of hairlines. Put it in a `TableScroll` when it may be long. */
export function Table({ caption, isInset, isSmall, isStacked, isStill, className, rowCount, children }: TableProps) {
  const table = (
    <table
      aria-rowcount={rowCount}
      className={cx(
        "tbl",
        isInset && "tbl--in",
        isSmall && "tbl--s",
        isStacked && "tbl--stack",
        isStill && "tbl--still tbl--flat",
        className,
      )}
    >
      <caption className="vh">{caption}</caption>
      {children}
    </table>
  );
  return isInset && !isStacked ? <div className="tblx">{table}</div> : table;
}

type Width = number | null;

type ColsProps = {
  /**
   * Widths in pixels; `null` takes what is left. A column that goes when there is no room for all carries
   * `drop-wide`, `drop-mid` or `drop-narrow` here and on each of its cells.
   */
  widths: readonly (Width | { width: Width; className: string })[];
};

/** The widths of the columns. */
export function Cols({ widths }: ColsProps) {
  return (
    <colgroup>
      {widths.map((column, index) => {
        const { width, className } =
          typeof column === "object" && column !== null ? column : { width: column, className: undefined };
        return <col key={index} width={width ?? undefined} className={className} />;
      })}
    </colgroup>
  );
}

type ThProps = {
  /** A link that sorts by this column; the direction is set on the column sorted by now. */
  sort?: { href: string; direction?: "asc" | "desc" };
  isNumber?: boolean;
  /** The words are for screen readers only: columns of boxes and buttons. */
  isHidden?: boolean;
  className?: string;
  children: ReactNode;
};

/** The head of a column. The sorted one shows its arrow. */
export function Th({ sort, isNumber, isHidden, className, children }: ThProps) {
  const direction = sort?.direction;
  return (
    <th
      scope="col"
      className={cx(isNumber && "num", className)}
      aria-sort={direction ? (direction === "asc" ? "ascending" : "descending") : undefined}
    >
      {sort ? (
        <Link className="th__s" href={sort.href} scroll={false}>
          {children}
          {direction && <Icon name={direction === "asc" ? "up" : "down"} size={12} />}
        </Link>
      ) : isHidden ? (
        <span className="vh">{children}</span>
      ) : (
        children
      )}
    </th>
  );
}

/** The first cell of a row: the link to the thing, with the icon of its kind. */
export function NameCell({ href, icon, children }: { href: string; icon?: IconName; children: ReactNode }) {
  return (
    <Link className="row name" href={href}>
      {icon && <Icon name={icon} className="x3" />}
      <span className="cut">{children}</span>
    </Link>
  );
}

/** A cell with a second line. */
export function TwoLines({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <>
      <span className="two">{first}</span>
      <span className="two">{second}</span>
    </>
  );
}

/** The part of a pane that scrolls; the head of the table in it stays. */
export function TableScroll({ children }: { children: ReactNode }) {
  return (
    <section className="tscroll" tabIndex={0} aria-label="Results">
      {children}
    </section>
  );
}

type FootProps = {
  total: number;
  /** There are at least so many: not all were counted. */
  isAtLeast?: boolean;
  /** What is shown of it: "1–100". */
  shown?: string;
  noun: string;
  nounPlural?: string;
  /** A grey line that explains the table: "Bar: share of life used." */
  hint?: ReactNode;
  end?: ReactNode;
};

/** The foot of a list: the total is always there. */
export function TableFoot({ total, isAtLeast, shown, noun, nounPlural, hint, end }: FootProps) {
  const least = isAtLeast ? (total >= 10_000 ? "more than " : "at least ") : "";
  return (
    <div className="foot">
      <span>
        {shown ? (
          <>
            {shown} of {least}
            <b className="w5">{formatCount(total)}</b>
          </>
        ) : (
          least + plural(total, noun, nounPlural)
        )}
      </span>
      {hint && <span className="m-hide cut">{hint}</span>}
      {end && <span className="foot__e">{end}</span>}
    </div>
  );
}

/** Previous and next page by address; a missing address is an end. */
export function PageLinks({ previousHref, nextHref }: { previousHref?: string; nextHref?: string }) {
  return (
    <>
      <PageLink href={previousHref} icon="left" label="Previous page" />
      <PageLink href={nextHref} icon="right" label="Next page" />
    </>
  );
}

function PageLink({ href, icon, label }: { href?: string; icon: IconName; label: string }) {
  const classes = "btn btn--quiet btn--s btn--icon";
  if (href === undefined) {
    return (
      <span className={classes} aria-disabled="true">
        <Icon name={icon} />
        <span className="vh">{label}, none</span>
      </span>
    );
  }
  return (
    <Link className={classes} href={href} aria-label={label} title={label}>
      <Icon name={icon} />
    </Link>
  );
}
