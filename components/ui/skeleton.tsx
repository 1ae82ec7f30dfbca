import { cx } from "./cx";

/** A grey bar where text will stand; appears after 200 ms. Give its width as a class: `w-40`. */
export function Skeleton({ className }: { className?: string }) {
  return <span className={cx("sk", className)} aria-hidden="true" />;
}

const widths = ["w-40", "w-24", "w-32", "w-20", "w-28", "w-16"];

/** The grey bars of a table that is on its way. */
export function TableSkeleton({ columns, rows = 10, isInset }: { columns: number; rows?: number; isInset?: boolean }) {
  return (
    <div role="status" aria-label="Loading">
      <table className={cx("tbl tbl--still", isInset && "tbl--in")} aria-hidden="true">
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr key={row}>
              {Array.from({ length: columns }, (_, column) => (
                <td key={column}>
                  <Skeleton className={widths[(row + column * 2) % widths.length]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The grey bars of a paragraph or a definition list. */
export function LinesSkeleton({ lines = 4 }: { lines?: number }) {
  return (
    <div className="grid gap-4 py-3" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={line % 3 === 2 ? "w-2/5" : "w-4/5"} />
      ))}
    </div>
  );
}
