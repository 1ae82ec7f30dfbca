"use client";

import { FailureNote } from "@/components/identities/failure-note";
import { inOurWords } from "@/components/rpc/in-our-words";
import { useTRPCClient } from "@/components/rpc/client";
import { DeedButton } from "@/components/shell/disabled-button";
import { Status } from "@/components/ui/badge";
import { DestroyDialog } from "@/components/ui/destroy-dialog";
import { plural } from "@/components/ui/format";
import { Section } from "@/components/ui/page-head";
import type { TestResult } from "@/server/policies/contract";
import { useState } from "react";
import type { PolicyTests } from "./use-tests";

type Props = { readonly tests: PolicyTests; readonly disabledBecause: string | undefined };

/** What is expected of the policies, and whether the draft keeps to it; what fails first. */
export function SavedTests({ tests, disabledBecause }: Props) {
  const { results, isRunning, failure, add } = tests;
  const sorted = results?.toSorted((a, b) => Number(a.passed) - Number(b.passed)) ?? [];
  return (
    <Section title="Saved tests" aside={isRunning ? "running" : results && plural(results.length, "test")}>
      <FailureNote failure={failure} title="The tests could not be run." />
      {results?.length === 0 && (
        <p className="x2 topline pt-2">
          There are none yet. Decide a request and save it: from then on every publishing must decide it so.
        </p>
      )}
      {sorted.length > 0 && (
        <ul className="tst__l topline">
          {sorted.map((result) => (
            <Row key={result.name} result={result} disabledBecause={disabledBecause} onRemoved={add} />
          ))}
        </ul>
      )}
    </Section>
  );
}

type RowProps = {
  readonly result: TestResult;
  readonly disabledBecause: string | undefined;
  readonly onRemoved: () => void;
};

function Row({ result: { name, passed, why, expected }, disabledBecause, onRemoved }: RowProps) {
  const client = useTRPCClient();
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <Status tone={passed ? "ok" : "danger"}>{passed ? "Passes" : "Fails"}</Status>
      <span className="anywhere">{name}</span>
      <span className="x3 t12">{why ?? (expected === "allow" ? "is allowed" : "is denied")}</span>
      <DeedButton
        size="s"
        variant="quiet"
        aria-label={`Remove the test ${name}…`}
        disabledBecause={disabledBecause}
        onClick={() => setOpen(true)}
      >
        Remove…
      </DeedButton>
      <DestroyDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={`Remove the test “${name}”?`}
        stops={{
          title: "Stops at once",
          items: [{ icon: "check", strong: "Publishing", rest: "is no longer held to it." }],
        }}
        keepLabel="Keep test"
        destroyLabel="Remove test"
        destroyIcon="x"
        onConfirm={async () => {
          await inOurWords(() => client.policyTests.remove.mutate({ name }));
          onRemoved();
        }}
      />
    </li>
  );
}
