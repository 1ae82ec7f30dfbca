"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { DeedButton } from "@/components/shell/disabled-button";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { ChangeList } from "@/components/ui/diff-rows";
import { Dialog } from "@/components/ui/dialog";
import { Fieldset, FormFoot } from "@/components/ui/form";
import { useToast } from "@/components/ui/toast";
import type { IdentityDetail } from "@/server/identities/contract";
import { ROLE_WORDS, ROLES, type Role } from "@/server/roles/contract";
import { FailureNote } from "./failure-note";
import { ROLE_DETAILS } from "./kinds";

type Props = { readonly identity: IdentityDetail; readonly disabledBecause: string | undefined };

/** The roles of a person, with what changes said before it does. */
export function EditRoles({ identity, disabledBecause }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <DeedButton icon="shield" disabledBecause={disabledBecause} onClick={() => setOpen(true)}>
        Roles
      </DeedButton>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={`Roles of ${identity.displayName}`}
        lead="They count from the next request on."
      >
        <RolesForm identity={identity} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function RolesForm({ identity, onDone }: { readonly identity: IdentityDetail; readonly onDone: () => void }) {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const deed = useDeed();
  const [chosen, setChosen] = useState<readonly Role[]>(() => ROLES.filter((role) => identity.roles.includes(role)));
  const changes = ROLES.filter((role) => chosen.includes(role) !== identity.roles.includes(role)).map((role) => ({
    sign: chosen.includes(role) ? ("+" as const) : ("−" as const),
    what: (
      <>
        <b>{ROLE_WORDS[role]}</b>: {ROLE_DETAILS[role]}
      </>
    ),
  }));

  async function submit(event: FormEvent) {
    event.preventDefault();
    const done = await deed.run(() => client.identities.setRoles.mutate({ id: identity.id, roles: [...chosen] }));
    if (!done) return;
    onDone();
    toast.add({ title: `The roles of ${identity.displayName} are saved` });
    router.refresh();
  }

  return (
    <form method="post" onSubmit={submit} noValidate>
      <Fieldset legend="Roles" isPending={deed.isPending}>
        <div className="grid gap-2">
          {ROLES.map((role) => (
            <Checkbox
              key={role}
              checked={chosen.includes(role)}
              onChange={(event) =>
                setChosen(event.target.checked ? [...chosen, role] : chosen.filter((other) => other !== role))
              }
            >
              {ROLE_WORDS[role]}
            </Checkbox>
          ))}
        </div>
        <div>
          <p className="w6 pb-2">What changes</p>
          <ChangeList items={changes.length > 0 ? changes : [{ sign: "=", what: "Nothing yet" }]} />
        </div>
        <FailureNote failure={deed.failure} />
        <FormFoot>
          <Button onClick={onDone}>Keep the roles</Button>
          <Button type="submit" variant="main" disabled={changes.length === 0} busy={deed.isPending && "Saving"}>
            Save the roles
          </Button>
        </FormFoot>
      </Fieldset>
    </form>
  );
}
