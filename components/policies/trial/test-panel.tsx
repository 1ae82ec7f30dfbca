"use client";

import { type FormEvent, useMemo, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import type { FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/form";
import { Select } from "@/components/ui/input";
import type { PolicyChange } from "@/server/policies/contract";
import type { AskedRequest, TryResult } from "@/server/policies/test-contract";
import type { KnownEntity } from "../editor/known";
import { askablesOf, firstRequest, readContext, type TypedRequest, withAction } from "./asked";
import { ContextFields } from "./context-fields";
import { EntityFields } from "./entity-fields";
import { SaveTest } from "./save-test";
import { SavedTests } from "./saved-tests";
import type { PolicyTests } from "./use-tests";
import { Verdict } from "./verdict";

type Props = {
  readonly schema: string;
  readonly known: readonly KnownEntity[];
  /** The text to take the first request from. */
  readonly text: string;
  readonly changes: readonly PolicyChange[];
  readonly tests: PolicyTests;
  readonly draftRefused: string | undefined;
};

/** Asks the policies with the draft among them, and keeps what is expected of them. */
export function TestPanel({ schema, known, text, changes, tests, draftRefused }: Props) {
  const client = useTRPCClient();
  const deed = useDeed();
  const askables = useMemo(() => askablesOf(schema), [schema]);
  const [request, setRequest] = useState<TypedRequest>(() => firstRequest(askables, text));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [answer, setAnswer] = useState<{ readonly asked: AskedRequest; readonly result: TryResult }>();
  const askable = askables.find(({ action }) => action === request.action);

  async function decide(event: FormEvent) {
    event.preventDefault();
    const checked = readRequest(request);
    setErrors(checked.errors);
    if (!checked.asked) return;
    const { asked } = checked;
    const done = await deed.run(() => client.policyTests.ask.mutate({ ...asked, changes: [...changes] }));
    setAnswer(done && { asked, result: done.value });
  }

  return (
    <div className="trial">
      <form method="post" onSubmit={decide} noValidate>
        <Fieldset legend="A request to try" isPending={deed.isPending}>
          <Field label="Action">
            <Select
              options={askables.map(({ action }) => ({ value: action, label: action }))}
              value={request.action}
              onChange={(event) =>
                setRequest(
                  withAction(
                    request,
                    askables.find(({ action }) => action === event.target.value),
                  ),
                )
              }
            />
          </Field>
          <EntityFields
            label="Who"
            types={askable?.principals ?? []}
            value={request.principal}
            known={known}
            error={errors["principal"]}
            onChange={(principal) => setRequest({ ...request, principal })}
          />
          <EntityFields
            label="On what"
            types={askable?.resources ?? []}
            value={request.resource}
            known={known}
            error={errors["resource"]}
            onChange={(resource) => setRequest({ ...request, resource })}
          />
          <ContextFields
            fields={askable?.fields ?? []}
            known={known}
            value={request.context}
            error={errors["context"]}
            onChange={(context) => setRequest({ ...request, context })}
          />
          <FailureNote failure={deed.failure} title="It could not be asked." />
          <div className="form__f">
            <Button type="submit" icon="check" busy={deed.isPending && "Deciding"}>
              Decide
            </Button>
          </div>
        </Fieldset>
      </form>
      <div className="grid content-start gap-7 min-w-0">
        {answer && (
          <Verdict result={answer.result}>
            <SaveTest
              asked={answer.asked}
              decided={answer.result.decision}
              disabledBecause={draftRefused}
              onSaved={tests.add}
            />
          </Verdict>
        )}
        <SavedTests tests={tests} disabledBecause={draftRefused} />
      </div>
    </div>
  );
}

function readRequest({ action, principal, resource, context }: TypedRequest) {
  const read = readContext(context);
  const errors: FieldErrors = {
    ...(principal.id.trim() === "" && { principal: "Name who asks." }),
    ...(resource.id.trim() === "" && { resource: "Name what it is about; * stands for all." }),
    ...("error" in read && { context: read.error }),
  };
  if (Object.keys(errors).length > 0 || "error" in read) return { errors };
  const trimmed = (entity: TypedRequest["principal"]) => ({ type: entity.type, id: entity.id.trim() });
  const asked: AskedRequest = {
    ...{ action, principal: trimmed(principal), resource: trimmed(resource), context: read.value },
  };
  return { errors, asked };
}
