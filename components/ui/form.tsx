import type { ReactNode } from "react";
import { cx } from "./cx";

type FieldsetProps = { legend?: string; isPending?: boolean; className?: string; children: ReactNode };

/** The one fieldset of a form, off while it is being sent. */
export function Fieldset({ legend, isPending, className, children }: FieldsetProps) {
  return (
    <fieldset className={cx("stack", className)} disabled={isPending} aria-busy={isPending || undefined}>
      {legend && <legend className="vh">{legend}</legend>}
      {children}
    </fieldset>
  );
}

/** Fields under each other. */
export function FormStack({ children }: { children: ReactNode }) {
  return <div className="stack">{children}</div>;
}

/** Two fields side by side; under each other on a phone. */
export function TwoColumns({ children }: { children: ReactNode }) {
  return <div className="two-f">{children}</div>;
}

/** The buttons under a form, the way on at the right. */
export function FormFoot({ children }: { children: ReactNode }) {
  return <div className="form__f">{children}</div>;
}
