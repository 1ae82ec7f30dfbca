import type { ReactNode } from "react";
import { SetupPage } from "@/components/ui/entry";
import { Stepper } from "@/components/ui/stepper";

/** The steps of the first run, in order. */
export const SETUP_STEPS = ["code", "organisation", "admin", "second_factor", "authorities", "node"] as const;
/** One of them. */
export type WizardStep = (typeof SETUP_STEPS)[number];

const TITLES: Readonly<Record<WizardStep, string>> = {
  code: "Setup code",
  organisation: "Organisation",
  admin: "First admin",
  second_factor: "Second factor",
  authorities: "Authorities",
  node: "First node",
};

type Props = {
  readonly current: WizardStep;
  /** What was chosen in each step, or what it will ask. */
  readonly details: Readonly<Record<WizardStep, ReactNode>>;
  readonly trustDomain: string | null;
  readonly end?: ReactNode;
  readonly children: ReactNode;
};

/** The frame of every step: what was chosen at the left, one question at the right. */
export function SetupFrame({ current, details, trustDomain, end, children }: Props) {
  const at = SETUP_STEPS.indexOf(current);
  const steps = SETUP_STEPS.map((step, index) => ({
    title: TITLES[step],
    detail: details[step],
    state: index < at ? ("done" as const) : index === at ? ("current" as const) : ("todo" as const),
  }));
  return (
    <SetupPage
      product="Swarm"
      suffix={trustDomain ? `Set up ${trustDomain}` : "Set up"}
      end={end}
      steps={<Stepper label="Steps" steps={steps} />}
    >
      {children}
    </SetupPage>
  );
}
