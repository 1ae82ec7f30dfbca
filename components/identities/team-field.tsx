"use client";

import { type FormEvent, type KeyboardEvent, useState } from "react";
import { checkForm } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { CreateTeamInput } from "@/server/identities/team-contract";

/** A team as a choice. */
export interface TeamChoice {
  readonly id: string;
  readonly name: string;
}

type Props = {
  readonly teams: readonly TeamChoice[];
  /** Empty for none. */
  readonly value: string;
  readonly onChange: (teamId: string) => void;
  /** Why no new team can be made here; then the list alone is offered. */
  readonly newTeamRefused?: string | undefined;
  readonly help?: string;
};

const NEW = "new team";

/** The team of an identity; one that is missing can be made on the way. */
export function TeamField({ teams, value, onChange, newTeamRefused, help }: Props) {
  const client = useTRPCClient();
  const deed = useDeed();
  const [made, setMade] = useState<readonly TeamChoice[]>([]);
  const [name, setName] = useState<string>();
  const [error, setError] = useState<string>();
  const all = [...teams, ...made.filter(({ id }) => !teams.some((team) => team.id === id))];

  function choose(chosen: string) {
    setName(chosen === NEW ? "" : undefined);
    setError(undefined);
    deed.clear();
    onChange(chosen === NEW ? "" : chosen);
  }

  async function make(event: FormEvent | KeyboardEvent) {
    event.preventDefault();
    const checked = checkForm(CreateTeamInput, { name: name ?? "" });
    setError(checked.errors["name"]);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.teams.create.mutate(data));
    if (!done) return;
    setMade([...made, done.value]);
    setName(undefined);
    onChange(done.value.id);
  }

  return (
    <div className="grid gap-2">
      <Field label="Team" isOptional help={help}>
        <Select
          placeholder="No team"
          value={name === undefined ? value : NEW}
          onChange={(event) => choose(event.target.value)}
          options={[
            ...all.map((team) => ({ value: team.id, label: team.name })),
            { value: NEW, label: "New team…", disabled: newTeamRefused !== undefined },
          ]}
        />
      </Field>
      {name !== undefined && (
        <Field label="Name of the new team" error={error ?? deed.failure?.message}>
          <Input
            value={name}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter") void make(event);
            }}
            end={
              <Button size="s" busy={deed.isPending && "Making"} onClick={make}>
                Make team
              </Button>
            }
          />
        </Field>
      )}
    </div>
  );
}
