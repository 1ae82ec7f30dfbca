import type { ReactNode } from "react";
import { cx } from "./cx";

type Props = {
  /** The now line: one sentence that says what a person needs now; on a detail page the name. */
  title: ReactNode;
  /** Why the rest can wait. */
  lead?: ReactNode;
  badge?: ReactNode;
  actions?: ReactNode;
  /** For pages that go straight on with tabs or a table. */
  isTight?: boolean;
};

/** The opening of a page. */
export function PageHead({ title, lead, badge, actions, isTight }: Props) {
  return (
    <div className={cx("now", isTight && "now--tight")}>
      <div className="grow">
        <div className="now__t">
          <h1>{title}</h1>
          {badge}
        </div>
        {lead && <div className="now__l">{lead}</div>}
      </div>
      {actions && <div className="now__side">{actions}</div>}
    </div>
  );
}

type SectionProps = {
  title: ReactNode;
  /** In grey beside the title: "last 48 h". */
  aside?: ReactNode;
  /** At the right end: a link to all of it. */
  end?: ReactNode;
  id?: string;
  className?: string;
  children: ReactNode;
};

/** A part of a page under its own heading. */
export function Section({ title, aside, end, id, className, children }: SectionProps) {
  return (
    <section id={id} className={className}>
      <div className="sec__h">
        <h2>{title}</h2>
        {aside && <span className="sec__a">{aside}</span>}
        {end && <span className="sec__e">{end}</span>}
      </div>
      {children}
    </section>
  );
}

/** Two columns of sections; one below the other when there is no room. */
export function Columns({ isWide, children }: { isWide?: boolean; children: ReactNode }) {
  return <div className={cx("pad cols2", isWide && "cols2--wide")}>{children}</div>;
}
