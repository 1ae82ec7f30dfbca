"use client";

import { type FormEvent, useMemo, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/form";
import { formatCount, plural } from "@/components/ui/format";
import { Select } from "@/components/ui/input";
import { Section } from "@/components/ui/page-head";
import { Cols, Table, Th } from "@/components/ui/table";
import type { PolicyChange } from "@/server/policies/contract";
import type { WhoCanResult } from "@/server/policies/test-contract";
import type { KnownEntity } from "../editor/known";
import { askablesOf, firstRequest, readContext, withAction } from "./asked";
import { ContextFields } from "./context-fields";
import { EntityFields } from "./entity-fields";
import { PolicyLinks } from "./verdict";

type Props = {
  readonly schema: string;
  readonly known: readonly KnownEntity[];
  readonly text: string;
  readonly changes: readonly PolicyChange[];
};

/** Everybody who may do something, by the policies with the draft among them. */
export function WhoCanPanel({ schema, known, text, changes }: Props) {
  const client = useTRPCClient();
  const deed = useDeed();
  const askables = useMemo(() => askablesOf(schema).filter(isOfIdentities), [schema]);
  const [request, setRequest] = useState(() => firstRequest(askables, text));
  const [errors, setErrors] = useState<{ resource?: string; context?: string }>({});
  const [answer, setAnswer] = useState<{ readonly asked: string; readonly result: WhoCanResult }>();
  const { action, resource } = request;

  async function ask(event: FormEvent) {
    event.preventDefault();
    const context = readContext(request.context);
    const isNamed = resource.id.trim() !== "";
    setErrors({
      ...(!isNamed && { resource: "Name what it is about; * stands for all." }),
      ...("error" in context && { context: context.error }),
    });
    if (!isNamed || "error" in context) return;
    const input = { action, resource: { type: resource.type, id: resource.id.trim() }, context: context.value };
    const done = await deed.run(() => client.policyTests.whoCan.mutate({ ...input, changes: [...changes] }));
    setAnswer(done && { asked: `${action} on ${resource.type} ${resource.id.trim()}`, result: done.value });
  }

  return (
    <div className="trial">
      <form method="post" onSubmit={ask} noValidate>
        <Fieldset legend="What they might do" isPending={deed.isPending}>
          <Field label="Action">
            <Select
              options={askables.map((one) => ({ value: one.action, label: one.action }))}
              value={action}
              onChange={(event) =>
                setRequest(
                  withAction(
                    request,
                    askables.find((one) => one.action === event.target.value),
                  ),
                )
              }
            />
          </Field>
          <EntityFields
            label="On what"
            types={askables.find((one) => one.action === action)?.resources ?? []}
            value={resource}
            known={known}
            error={errors.resource}
            onChange={(next) => setRequest({ ...request, resource: next })}
          />
          <ContextFields
            fields={askables.find((one) => one.action === action)?.fields ?? []}
            known={known}
            value={request.context}
            error={errors.context}
            onChange={(context) => setRequest({ ...request, context })}
          />
          <FailureNote failure={deed.failure} title="It could not be asked." />
          <div className="form__f">
            <Button type="submit" icon="search" busy={deed.isPending && "Asking"}>
              Who can?
            </Button>
          </div>
        </Fieldset>
      </form>
      <div className="min-w-0" role="status">
        {answer && <Answer {...answer} />}
      </div>
    </div>
  );
}

/** Those of whom we know everybody. */
function isOfIdentities({ principals }: { readonly principals: readonly string[] }): boolean {
  return principals.some((type) => ["User", "Service", "Node"].includes(type));
}

function Answer({ asked, result: { total, principals } }: { readonly asked: string; readonly result: WhoCanResult }) {
  if (total === 0) return <p className="x2">Nobody can {asked}.</p>;
  const shown = principals.length < total ? `the first ${formatCount(principals.length)} of them` : undefined;
  return (
    <Section title={`${plural(total, "identity", "identities")} can ${asked}`} aside={shown}>
      <Table caption="Who can" isInset isStacked isStill>
        <Cols widths={[null, 96, 320]} />
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Kind</Th>
            <Th>By</Th>
          </tr>
        </thead>
        <tbody>
          {principals.map(({ type, id, policies }) => (
            <tr key={`${type} ${id}`}>
              <td className="name a-name wrap">{id}</td>
              <td className="a-status">{type}</td>
              <td className="a-more wrap">
                <PolicyLinks policies={policies} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
