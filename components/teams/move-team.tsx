"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { DeedButton } from "@/components/shell/disabled-button";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Fieldset, FormFoot } from "@/components/ui/form";
import { Select } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { TeamMove } from "@/server/identities/team-contract";
import { MoveConsequences } from "./move-consequences";
import { idsWithin } from "./tree";

/** A team as a place that another may go into. */
export interface TeamPlace {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly depth: number;
}

type Props = {
  readonly team: Omit<TeamPlace, "depth">;
  readonly teams: readonly TeamPlace[];
  readonly disabledBecause: string | undefined;
};

/** The button in a team's row, and the question where it goes. */
export function MoveTeam({ team, teams, disabledBecause }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <DeedButton
        size="s"
        disabledBecause={disabledBecause}
        aria-label={`Move ${team.name}…`}
        onClick={() => setOpen(true)}
      >
        Move…
      </DeedButton>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={`Move ${team.name}`}
        lead="With everybody in it and all teams within it, from the next request on."
      >
        <MoveForm team={team} teams={teams} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

/** What a move to a place would change, as far as it is known. */
interface Preview {
  readonly parentId: string;
  readonly move?: TeamMove | undefined;
}

type FormProps = Omit<Props, "disabledBecause"> & { readonly onDone: () => void };

function MoveForm({ team, teams, onDone }: FormProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const look = useDeed();
  const deed = useDeed();
  const [chosen, setChosen] = useState<Preview>({ parentId: team.parentId ?? "" });
  const isHere = chosen.parentId === (team.parentId ?? "");
  const within = idsWithin(teams, team.id);

  async function choose(parentId: string) {
    setChosen({ parentId });
    deed.clear();
    look.clear();
    if (parentId === (team.parentId ?? "")) return;
    const read = await look.run(() => client.teams.previewMove.mutate({ id: team.id, parentId: parentId || null }));
    // Another place may have been chosen meanwhile.
    setChosen((now) => (now.parentId === parentId ? { parentId, move: read?.value } : now));
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const done = await deed.run(() => client.teams.move.mutate({ id: team.id, parentId: chosen.parentId || null }));
    if (!done) return;
    const to = teams.find(({ id }) => id === done.value.parentId)?.name;
    onDone();
    toast.add({ title: to === undefined ? `${team.name} is at the top` : `${team.name} lies within ${to}` });
    router.refresh();
  }

  return (
    <form method="post" onSubmit={submit} noValidate>
      <Fieldset legend="Place" isPending={deed.isPending}>
        <PlaceSelect
          teams={teams.filter(({ id }) => !within.has(id))}
          value={chosen.parentId}
          onChange={choose}
          help={isHere ? "That is where it is now." : undefined}
        />
        {chosen.move && <MoveConsequences move={chosen.move} />}
        <FailureNote failure={look.failure ?? deed.failure} />
        <FormFoot>
          <Button onClick={onDone}>Leave it where it is</Button>
          <Button
            type="submit"
            variant="main"
            disabled={!chosen.move}
            busy={(deed.isPending && "Moving") || (look.isPending && "Looking")}
          >
            Move {team.name}
          </Button>
        </FormFoot>
      </Fieldset>
    </form>
  );
}

type PlaceProps = {
  readonly teams: readonly TeamPlace[];
  /** Empty for the top. */
  readonly value: string;
  readonly onChange: (parentId: string) => void;
  readonly help?: ReactNode;
};

/** Within which team. */
export function PlaceSelect({ teams, value, onChange, help }: PlaceProps) {
  return (
    <Field label="Within" help={help}>
      <Select
        placeholder="No team: at the top"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        options={teams.map(({ id, name, depth }) => ({ value: id, label: `${"\u2003".repeat(depth)}${name}` }))}
      />
    </Field>
  );
}
