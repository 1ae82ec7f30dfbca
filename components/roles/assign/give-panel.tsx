"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/form";
import { formatInstant, plural } from "@/components/ui/format";
import { Input, Select } from "@/components/ui/input";
import { SidePanel } from "@/components/ui/side-panel";
import { useToast } from "@/components/ui/toast";
import { AddGrantsInput, type AssignPage, EVERYTHING, type GrantResult } from "@/server/roles/grant-contract";
import { endOf, PRESET_WORDS } from "../until";
import { UntilField, type UntilValue } from "../until-field";
import { type AssignAddress, assignHref } from "./assign-address";
import { GiveResults } from "./give-results";
import { RoleField } from "./role-field";
import { useOffers } from "./use-offers";
import { usePreview } from "./use-preview";
import { WhatChanges } from "./what-changes";
import { WhereField } from "./where-field";
import { WhoField } from "./who-field";

type Holder = AssignPage["rows"][number]["holder"];

type Props = {
  readonly team: { readonly id: string; readonly name: string } | null;
  readonly address: AssignAddress;
  readonly holders: readonly Holder[];
  /** Whom it was opened for: `identity <id>`, `team <id>`, or `new`. */
  readonly give: string;
  readonly objects: readonly { readonly type: string; readonly id: string }[];
  readonly now: number;
};

const FORM = "give-access";

/** Four answers give access: who, which role, where, until when. What changes is said before it does. */
export function GivePanel({ team, address, holders, give, objects, now }: Props) {
  const router = useRouter();
  const client = useTRPCClient();
  const toast = useToast();
  const deed = useDeed();
  const [who, setWho] = useState<readonly Holder[]>(() => holders.filter((holder) => keyOf(holder) === give));
  const [role, setRole] = useState("");
  const [scope, setScope] = useState<string>();
  const [until, setUntil] = useState<UntilValue>({ preset: "8h", date: "" });
  const [hours, setHours] = useState<number>();
  const [reason, setReason] = useState("");
  const [ticket, setTicket] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});
  const [results, setResults] = useState<readonly GrantResult[]>();

  const offers = useOffers(who[0] ? inputOf(who[0]) : undefined);
  const offer = offers?.offers.find((one) => one.role === role);
  const place = scope ?? offer?.scopes[0] ?? (offer ? placeWithout(role, team?.name) : undefined);
  const mayActivate = who.every(({ kind }) => kind === "user" || kind === "team");
  const endsAt = endOf(until.preset, until.date, now);
  const wish =
    offer && place !== undefined && endsAt !== undefined && who.length > 0
      ? {
          ...{ holders: who.map(inputOf), role, scope: place, endsAt, reason, ticket: ticket.trim() || undefined },
          ...(hours === undefined || !mayActivate
            ? { mode: "active" as const }
            : { mode: "eligible" as const, activationHours: hours }),
        }
      : undefined;
  const preview = usePreview(wish && { ...wish, reason: "preview", ticket: undefined });
  const close = assignHref({ ...address, give: undefined });

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(AddGrantsInput, wish ?? { holders: who.map(inputOf), role, reason });
    setErrors(checked.errors);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.grants.add.mutate(data));
    if (!done) return;
    const given = done.value.results.filter(({ refused }) => refused === null).length;
    if (given > 0) toast.add({ title: `${plural(given, "grant")} given` });
    router.refresh();
    if (given === done.value.results.length) router.push(close, { scroll: false });
    else setResults(done.value.results);
  }

  const isRefused = preview?.holders.length === 1 && preview.holders[0]?.refused != null;
  const foot = (
    <>
      <Button onClick={() => router.push(close, { scroll: false })}>Cancel</Button>
      <Button
        form={FORM}
        type="submit"
        variant="main"
        icon="key"
        disabled={!wish || isRefused}
        busy={deed.isPending && "Giving"}
      >
        {labelOf(until, who.length)}
      </Button>
    </>
  );
  return (
    <SidePanel label="Give access" title="Give access" closeHref={close} foot={foot}>
      <form id={FORM} method="post" className="grid gap-5" onSubmit={submit} noValidate>
        <Fieldset legend="Give access" isPending={deed.isPending}>
          <WhoField holders={holders} who={who} onChange={setWho} error={errors["holders"]} />
          {offers && <RoleField offers={offers.offers} value={role} onChange={chooseRole} error={errors["role"]} />}
          {offers && offer && (
            <>
              <WhereField
                {...{ offer, objects, team: team?.name, value: place }}
                teams={offers.teams}
                pools={offers.pools}
                onChange={setScope}
                error={errors["scope"]}
              />
              <UntilField
                value={until}
                onChange={setUntil}
                now={now}
                limit={offer.until ? `at most ${formatInstant(offer.until, now)}` : undefined}
                error={errors["endsAt"]}
              />
              {mayActivate && <Eligible hours={hours} onChange={setHours} />}
              <Field label="What for" limit="kept with the grant" error={errors["reason"]}>
                <Input
                  name="give-reason"
                  autoComplete="off"
                  value={reason}
                  onChange={(e) => setReason(e.target.value)}
                />
              </Field>
              <Field label="Ticket" isOptional error={errors["ticket"]}>
                <Input
                  name="give-ticket"
                  autoComplete="off"
                  value={ticket}
                  onChange={(e) => setTicket(e.target.value)}
                />
              </Field>
              <WhatChanges preview={preview} endsAt={endsAt} />
            </>
          )}
          {results && <GiveResults results={results} />}
          <FailureNote failure={deed.failure} />
        </Fieldset>
      </form>
    </SidePanel>
  );

  function chooseRole(next: string) {
    setRole(next);
    setScope(undefined);
    setResults(undefined);
  }
}

/** Where a role is given when nobody said: those for everything are for everything. */
function placeWithout(role: string, team: string | undefined): string | undefined {
  if (role === "admin" || role === "auditor") return EVERYTHING;
  return team === undefined ? undefined : `Team::${team}`;
}

function keyOf({ kind, id }: Holder): string {
  return `${kind === "team" ? "team" : "identity"} ${id}`;
}

function inputOf({ kind, id }: Holder) {
  return { kind: kind === "team" ? ("team" as const) : ("identity" as const), id };
}

/** "Give access for 8 hours", "Give access to 3 until Friday" */
function labelOf({ preset }: UntilValue, count: number): string {
  const to = count > 1 ? ` to ${count}` : "";
  const words = {
    "8h": " for 8 hours",
    friday: " until Friday",
    "30d": " for 30 days",
    date: "",
    never: " without an end",
  };
  return `Give access${to}${words[preset] ?? PRESET_WORDS[preset]}`;
}

type EligibleProps = { readonly hours: number | undefined; onChange(hours: number | undefined): void };

/** Whether it counts by itself, or only while whoever holds it activates it. */
function Eligible({ hours, onChange }: EligibleProps) {
  return (
    <div className="field">
      <Checkbox checked={hours !== undefined} onChange={(event) => onChange(event.target.checked ? 4 : undefined)}>
        Only when they activate it, with a fresh proof of who they are
      </Checkbox>
      {hours !== undefined && (
        <Field label="At a time for at most">
          <Select
            value={String(hours)}
            onChange={(event) => onChange(Number(event.target.value))}
            options={[1, 2, 4, 8, 24].map((count) => ({ value: String(count), label: plural(count, "hour") }))}
          />
        </Field>
      )}
    </div>
  );
}
