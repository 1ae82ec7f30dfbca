import type { ReactNode } from "react";
import { cx } from "./cx";
import { Mark } from "./mark";

/** The heading of a page without a table, in the largest size there is. */
export function BigTitle({ lead, children }: { lead?: ReactNode; children: ReactNode }) {
  return (
    <>
      <h1 className="big">{children}</h1>
      {lead && <div className="x2 measure pb-5">{lead}</div>}
    </>
  );
}

type SplitProps = {
  product: string;
  suffix: string;
  foot?: ReactNode;
  aside?: { title: string; children: ReactNode };
  children: ReactNode;
};

/** A form in the middle, and beside it what it does. */
export function SplitPage({ product, suffix, foot, aside, children }: SplitProps) {
  return (
    <div className={cx("sgn", !aside && "sgn--plain")}>
      <main className="sgn__l">
        <div className="row sgn__m">
          <Mark />
          <b>{product}</b>
          <span className="x3">{suffix}</span>
        </div>
        <div className="sgn__f">{children}</div>
        {foot && <p className="sgn__b">{foot}</p>}
      </main>
      {aside && (
        <aside className="sgn__r">
          <div className="sgn__c">
            <h2 className="sgn__h">{aside.title}</h2>
            {aside.children}
          </div>
        </aside>
      )}
    </div>
  );
}

type SetupProps = { product: string; suffix: string; end?: ReactNode; steps: ReactNode; children: ReactNode };

/** A way in steps: the steps at the left, one question at a time at the right. */
export function SetupPage({ product, suffix, end, steps, children }: SetupProps) {
  return (
    <div className="setup">
      <header className="setup__h">
        <Mark />
        <b>{product}</b>
        <span className="x3 cut">{suffix}</span>
        {end && <span className="setup__e">{end}</span>}
      </header>
      <div className="setup__g">
        {steps}
        <main>{children}</main>
      </div>
    </div>
  );
}

/** Back at the left, the way on at the right. */
export function SetupFoot({ children }: { children: ReactNode }) {
  return <div className="setup__f">{children}</div>;
}

/** The word between two ways. */
export function Or({ children = "or" }: { children?: ReactNode }) {
  return (
    <div className="or">
      <span>{children}</span>
    </div>
  );
}
