import type { ReactNode } from "react";
import { Icon } from "./icon";

type Step = { title: ReactNode; detail?: ReactNode; state: "done" | "current" | "todo" };

const stateWord = { done: "Done: ", current: "", todo: "Later: " } as const;

/** The steps of a way that is walked once. */
export function Stepper({ label, steps }: { label: string; steps: readonly Step[] }) {
  const current = steps.findIndex((step) => step.state === "current");
  return (
    <nav aria-label={label}>
      {current >= 0 && (
        <p className="t12 x3 pb-2">
          Step {current + 1} of {steps.length}
        </p>
      )}
      <ol className="stps">
        {steps.map((step, index) => (
          <li
            key={index}
            className={`stp stp--${step.state}`}
            aria-current={step.state === "current" ? "step" : undefined}
          >
            <span className="stp__n" aria-hidden="true">
              {step.state === "done" ? <Icon name="check" size={12} /> : index + 1}
            </span>
            <span className="stp__t">
              <span className="vh">{stateWord[step.state]}</span>
              <span className="w5">{step.title}</span>
              {step.detail && <span className="block t12 x3">{step.detail}</span>}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
