"use client";

import { type FormEvent, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { DeedButton } from "@/components/shell/disabled-button";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/form";
import { Input, Select } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { type AskedRequest, PolicyTest } from "@/server/policies/test-contract";

type Props = {
  readonly asked: AskedRequest;
  readonly decided: "allow" | "deny";
  readonly disabledBecause: string | undefined;
  readonly onSaved: () => void;
};

/** Keeps a request as a test: every publishing must decide it so. */
export function SaveTest({ asked, decided, disabledBecause, onSaved }: Props) {
  const client = useTRPCClient();
  const toast = useToast();
  const deed = useDeed();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [decision, setDecision] = useState<"allow" | "deny">(decided);
  const [errors, setErrors] = useState<FieldErrors>({});

  function open() {
    setDecision(decided);
    setOpen(true);
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(PolicyTest, { ...asked, name, expect: { decision } });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.policyTests.put.mutate(data));
    if (!done) return;
    toast.add({ title: `Test “${done.value.name}” saved` });
    setOpen(false);
    setName("");
    onSaved();
  }

  return (
    <div>
      <DeedButton size="s" icon="plus" disabledBecause={disabledBecause} onClick={open}>
        Save as test…
      </DeedButton>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Save as a test"
        lead="Whoever publishes must pass it. What is known of who and what is looked up each time."
        foot={
          <>
            <DialogClose>
              <Button>Do not save</Button>
            </DialogClose>
            <Button type="submit" form="save-test" variant="main" busy={deed.isPending && "Saving"}>
              Save test
            </Button>
          </>
        }
      >
        <form id="save-test" method="post" onSubmit={save} noValidate>
          <Fieldset legend="Save as a test" isPending={deed.isPending}>
            <Field label="What it shows" help="In words. A test of the same name is replaced." error={errors["name"]}>
              <Input
                value={name}
                maxLength={200}
                placeholder="training stays on trusted providers"
                onChange={(event) => setName(event.target.value)}
              />
            </Field>
            <Field label="Expected">
              <Select
                options={[
                  { value: "allow", label: "It is allowed" },
                  { value: "deny", label: "It is denied" },
                ]}
                value={decision}
                onChange={(event) => setDecision(event.target.value === "allow" ? "allow" : "deny")}
              />
            </Field>
            <FailureNote failure={deed.failure} />
          </Fieldset>
        </form>
      </Dialog>
    </div>
  );
}
