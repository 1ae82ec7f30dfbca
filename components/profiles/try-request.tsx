"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { Findings } from "@/components/certificates/findings";
import { RequestField } from "@/components/certificates/issue/key-fields";
import { bareName, KINDS } from "@/components/certificates/words";
import { FailureNote } from "@/components/identities/failure-note";
import { checkForm, type FieldErrors } from "@/components/rpc/check-form";
import { useTRPCClient } from "@/components/rpc/client";
import { useDeed } from "@/components/rpc/use-deed";
import { Button } from "@/components/ui/button";
import { DefinitionList } from "@/components/ui/definition-list";
import { Field } from "@/components/ui/field";
import { Fieldset } from "@/components/ui/form";
import { colonHex, plural, shortenMiddle } from "@/components/ui/format";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { type IdentityKind, type RequestJudgement, TryRequestInput } from "@/server/certificates/contract";

type Props = { readonly profile: string; readonly kind: IdentityKind };

/** Holds a pasted request against a profile and shows every finding with the number of its rule. */
export function TryRequest({ profile, kind }: Props) {
  const client = useTRPCClient();
  const deed = useDeed();
  const [csr, setCsr] = useState("");
  const [name, setName] = useState("");
  const [errors, setErrors] = useState<FieldErrors>({});
  const [judgement, setJudgement] = useState<RequestJudgement>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const checked = checkForm(TryRequestInput, { profile, csr, name: name.trim() || undefined });
    setErrors(checked.errors);
    setJudgement(undefined);
    if (!checked.data) return;
    const { data } = checked;
    const done = await deed.run(() => client.profiles.tryRequest.mutate(data));
    if (done) setJudgement(done.value);
  }

  return (
    <div className="topline grid gap-5 pt-3">
      <form method="post" onSubmit={submit} noValidate>
        <Fieldset legend="Try a request" isPending={deed.isPending}>
          <RequestField
            csr={csr}
            error={errors["csr"]}
            onChange={(text) => {
              setCsr(text);
              setJudgement(undefined);
            }}
          />
          <Field
            label={`For which ${KINDS[kind].word.toLowerCase()}`}
            limit="optional: else as the request says"
            error={errors["name"]}
          >
            <Input
              mono
              name="bearer"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <FailureNote failure={deed.failure} />
          <div className="form__f">
            <Button type="submit" variant="main" icon="check" busy={deed.isPending && "Checking"}>
              Try it
            </Button>
          </div>
        </Fieldset>
      </form>
      {judgement && <Judgement judgement={judgement} profile={profile} kind={kind} />}
    </div>
  );
}

type JudgementProps = Props & { readonly judgement: RequestJudgement };

function Judgement({ judgement, profile, kind }: JudgementProps) {
  const { isAccepted, findings, request, identityName, sans } = judgement;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [judgement]);
  return (
    <div className="grid gap-4 outline-none" ref={box} tabIndex={-1} role="status">
      {isAccepted ? (
        <Note tone="ok" title={`Profile ${profile} would accept it.`}>
          For {KINDS[kind].word.toLowerCase()} {identityName}. Nothing was issued.
        </Note>
      ) : (
        <Note tone="danger" title={`Profile ${profile} refuses it for ${plural(findings.length, "reason")}.`}>
          Nothing was issued.
        </Note>
      )}
      {findings.length > 0 && <Findings findings={findings} profile={profile} isBesideRules />}
      {request && (
        <DefinitionList
          items={[
            { term: "Subject", detail: <span className="mono anywhere">{request.subject || "empty"}</span> },
            {
              term: "Key",
              detail: (
                <>
                  {request.keyAlgorithm}, <span className="x3">SHA-256</span>{" "}
                  <span className="mono">{shortenMiddle(colonHex(request.keyFingerprint), 11, 5)}</span>
                </>
              ),
            },
            { term: "Asks for", detail: <Names names={request.requestedSans} none="no names of its own" /> },
            sans.length > 0 && { term: "Would carry", detail: <Names names={sans} none="none" /> },
            request.ignoredExtensions.length > 0 && {
              term: "Left out",
              detail: `${request.ignoredExtensions.join(", ")}: extensions are never copied.`,
            },
          ]}
        />
      )}
    </div>
  );
}

function Names({ names, none }: { readonly names: readonly string[]; readonly none: string }) {
  if (names.length === 0) return <span className="x3">{none}</span>;
  return (
    <ul>
      {names.map((name) => (
        <li className="mono anywhere" key={name}>
          {bareName(name)}
        </li>
      ))}
    </ul>
  );
}
