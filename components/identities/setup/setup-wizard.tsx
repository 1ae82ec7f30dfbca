"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { SetupState, SetupStep } from "@/server/identities/contract";
import { AdminStep } from "./admin-step";
import { AuthoritiesStep } from "./authorities-step";
import { CodeStep } from "./code-step";
import { OrganisationStep } from "./organisation-step";
import { SecondFactorStep } from "./second-factor-step";
import { SetupFrame, type WizardStep } from "./setup-frame";

type OpenStep = Exclude<SetupStep, "done">;

/** What every step of the wizard is given. */
export interface StepProps {
  readonly state: SetupState;
  /** Another answer of the server: goes to the step that it names. */
  readonly onState: (state: SetupState) => void;
  readonly onBack?: (() => void) | undefined;
}

/** The first run before anybody can sign in. The server knows how far it is; going back is this page's own. */
export function SetupWizard({ state: firstState }: { readonly state: SetupState }) {
  const router = useRouter();
  const [state, setState] = useState(firstState);
  const [step, setStep] = useState<OpenStep>(openStepOf(firstState));
  const main = useRef<HTMLDivElement>(null);
  const isFirst = useRef(true);

  // Each step begins at its heading, also for those who hear the page.
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    window.scrollTo(0, 0);
    main.current?.querySelector<HTMLElement>("input:not([type=radio], [type=checkbox])")?.focus();
  }, [step]);

  function take(next: SetupState) {
    setState(next);
    if (next.step === "done") {
      router.refresh();
      return;
    }
    setStep(next.step);
  }

  const common = { state, onState: take };
  return (
    <SetupFrame
      current={step}
      details={detailsOf(state, step)}
      trustDomain={state.draft?.trustDomain ?? null}
      end={step !== "code" && <span className="x3 t12 m-hide">Every step is saved. You can leave and come back.</span>}
    >
      <div ref={main}>
        {step === "code" && <CodeStep {...common} />}
        {step === "organisation" && <OrganisationStep {...common} />}
        {step === "admin" && <AdminStep {...common} onBack={() => setStep("organisation")} />}
        {step === "second_factor" && (
          <SecondFactorStep
            {...common}
            onBack={() => setStep("admin")}
            onDone={(hasSecondFactor) => {
              setState(withSecondFactor(state, hasSecondFactor));
              setStep("authorities");
            }}
          />
        )}
        {step === "authorities" && (
          <AuthoritiesStep {...common} onBack={() => setStep("second_factor")} onDone={() => router.refresh()} />
        )}
      </div>
    </SetupFrame>
  );
}

function openStepOf({ step }: SetupState): OpenStep {
  return step === "done" ? "code" : step;
}

function withSecondFactor(state: SetupState, hasSecondFactor: boolean): SetupState {
  if (!state.draft?.admin) return state;
  return { ...state, draft: { ...state.draft, admin: { ...state.draft.admin, hasSecondFactor } } };
}

function detailsOf({ draft }: SetupState, step: OpenStep): Record<WizardStep, string> {
  const isPastSecondFactor = step === "authorities";
  return {
    code: draft ? "Accepted" : "From the terminal",
    organisation: draft?.organisation ? `${draft.organisation}, ${draft.trustDomain}` : "Its name and trust domain",
    admin: draft?.admin ? `${draft.admin.displayName}, ${draft.admin.email}` : "Who may do everything at first",
    second_factor: draft?.admin?.hasSecondFactor
      ? "Authenticator added"
      : isPastSecondFactor
        ? "Later; you will be reminded"
        : "An authenticator, and codes for when it is lost",
    authorities: "One root, and one for each kind",
    node: "The command that enrols it",
  };
}
