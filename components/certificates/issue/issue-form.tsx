"use client";

import { type FormEvent, useState } from "react";
import { FailureNote } from "@/components/identities/failure-note";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { OptionGroup } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Fieldset, TwoColumns } from "@/components/ui/form";
import { Input, Select, Textarea } from "@/components/ui/input";
import { Columns, PageHead, Section } from "@/components/ui/page-head";
import {
  IssueCertificateInput,
  type IssuedCertificate,
  type IssuePreview,
  type Profile,
} from "@/server/certificates/contract";
import { KINDS } from "../words";
import { draftFor, type IssueDraft, inputOf, livesOf, longestLife, withProfile } from "./draft";
import { Issued } from "./issued";
import { KeyFields } from "./key-fields";
import { PreviewPanel } from "./preview-panel";
import { type BrowserKey, useBrowserKey } from "./use-browser-key";

type Props = {
  readonly profiles: readonly [Profile, ...Profile[]];
  /** Profile and name that the address asks for. */
  readonly profileName: string | undefined;
  readonly name: string | undefined;
  readonly now: number;
};

/** What was shown before it is signed: exactly this is issued. */
interface Reviewed {
  readonly input: IssueCertificateInput;
  readonly preview: IssuePreview;
  readonly key: BrowserKey | undefined;
}

/** Issues a certificate: profile, names and key at the left, what will be signed at the right, and only then the deed. */
export function IssueForm({ profiles, profileName, name, now }: Props) {
  const client = useTRPCClient();
  const keyFor = useBrowserKey();
  const looking = useDeed();
  const issuing = useDeed();
  const first = profiles.find((profile) => profile.name === profileName) ?? profiles[0];
  const [draft, setDraft] = useState<IssueDraft>(() => draftFor(first, name));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [reviewed, setReviewed] = useState<Reviewed>();
  const [issued, setIssued] = useState<{ certificate: IssuedCertificate; key: BrowserKey | undefined }>();
  const profile = profiles.find((one) => one.name === draft.profile) ?? first;

  function change(part: Partial<IssueDraft>) {
    setDraft((before) => ({ ...before, ...part }));
    setReviewed(undefined);
    issuing.clear();
  }

  async function review(event: FormEvent) {
    event.preventDefault();
    const isBrowserKey = draft.keySource === "browser";
    const missing: FieldErrors = isBrowserKey && draft.name.trim() === "" ? { name: "Say whom it is for." } : {};
    const checked = checkForm(IssueCertificateInput, inputOf(draft, isBrowserKey ? "made below" : draft.csr));
    setErrors({ ...checked.errors, ...missing });
    if (!checked.data || "name" in missing) return;
    const done = await looking.run(async () => {
      const key = isBrowserKey ? await keyFor(draft) : undefined;
      const input = inputOf(draft, key?.requestPem ?? draft.csr);
      return { input, key, preview: await client.certificates.preview.mutate(input) };
    });
    if (done) setReviewed(done.value);
  }

  async function issue() {
    if (!reviewed) return;
    const done = await issuing.run(() => client.certificates.issue.mutate(reviewed.input));
    if (done) setIssued({ certificate: done.value, key: reviewed.key });
  }

  if (issued) return <Issued certificate={issued.certificate} privateKey={issued.key} now={now} />;
  const isPerson = profile.kind === "user";
  return (
    <>
      <PageHead
        title="Issue a certificate"
        lead="Nothing is signed before you have seen it. Nodes and services that can enrol by themselves should: then they renew by themselves, too."
      />
      <Columns>
        <form method="post" onSubmit={review} noValidate>
          <Fieldset legend="What is asked for" isPending={looking.isPending || issuing.isPending}>
            <OptionGroup
              legend="Profile"
              limit="says what may be issued"
              value={draft.profile}
              onChange={(value) => {
                const next = profiles.find((one) => one.name === value);
                if (next) change(withProfile(draft, next));
              }}
              options={profiles.map((one) => ({
                value: one.name,
                title: one.name,
                detail: one.rules.description,
                end: one.authority.name,
              }))}
            />
            <TwoColumns>
              <Field
                label={isPerson ? "For which person" : `Name of the ${KINDS[profile.kind].word.toLowerCase()}`}
                limit={draft.keySource === "request" ? "else as the request says" : undefined}
                help={
                  isPerson ? "The name before the @ of their address." : "Lower-case letters, digits, hyphens and dots."
                }
                error={errors["name"]}
              >
                <Input
                  mono
                  name="bearer"
                  placeholder={isPerson ? "mara.lindqvist" : "gpu-7.rack-3"}
                  autoComplete="off"
                  autoCapitalize="off"
                  spellCheck={false}
                  value={draft.name}
                  onChange={(event) => change({ name: event.target.value })}
                />
              </Field>
              <Field label="Valid for" limit={`${longestLife(profile)} at most`} error={errors["hours"]}>
                <Select
                  options={livesOf(profile)}
                  value={draft.life}
                  onChange={(event) => change({ life: event.target.value })}
                />
              </Field>
            </TwoColumns>
            {draft.life === "other" && (
              <Field label="Hours" limit={`${profile.rules.longestHours} at most`} error={errors["hours"]}>
                <Input
                  type="number"
                  min={1}
                  max={profile.rules.longestHours}
                  value={draft.otherHours}
                  onChange={(event) => change({ otherHours: event.target.value })}
                />
              </Field>
            )}
            <KeyFields draft={draft} profile={profile} error={errors["csr"]} onChange={change} />
            <Field
              label="More names"
              isOptional
              help="One a line: DNS names, IP addresses, e-mail addresses. The SPIFFE ID is always there. Names of the request count too."
              error={errors["names"]}
            >
              <Textarea
                mono
                name="names"
                rows={3}
                placeholder={isPerson ? "mara.lindqvist@swarm.local" : "gpu-7.swarm.local"}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                value={draft.names}
                onChange={(event) => change({ names: event.target.value })}
              />
            </Field>
            <FailureNote failure={looking.failure} />
            <div className="form__f">
              <Button
                type="submit"
                variant={reviewed ? "outline" : "main"}
                icon="eye"
                busy={looking.isPending && (draft.keySource === "browser" ? "Making the key" : "Reading the request")}
              >
                Show what will be signed
              </Button>
            </div>
          </Fieldset>
        </form>
        <Section title="What will be signed" aside={reviewed ? "nothing is yet" : undefined}>
          <PreviewPanel
            preview={reviewed?.preview}
            isPending={issuing.isPending}
            failure={issuing.failure}
            now={now}
            onIssue={issue}
          />
        </Section>
      </Columns>
    </>
  );
}
