import { Fragment, type ReactNode } from "react";
import { cx } from "./cx";

type Props = {
  items: readonly ({ term: ReactNode; detail: ReactNode } | false | null | undefined)[];
  isNarrow?: boolean;
  hasTopLine?: boolean;
};

/** Facts by name. Items that are false are left out. */
export function DefinitionList({ items, isNarrow, hasTopLine = true }: Props) {
  return (
    <dl className={cx("dl", isNarrow && "dl--narrow", hasTopLine && "topline")}>
      {items.map((item, index) =>
        item ? (
          <Fragment key={index}>
            <dt>{item.term}</dt>
            <dd>{item.detail}</dd>
          </Fragment>
        ) : null,
      )}
    </dl>
  );
}
