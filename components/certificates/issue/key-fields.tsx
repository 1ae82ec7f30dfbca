"use client";

import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { Textarea } from "@/components/ui/input";
import { Segmented } from "@/components/ui/choice";
import { OptionGroup } from "@/components/ui/choice";
import { KeyType, type Profile } from "@/server/certificates/contract";
import type { IssueDraft } from "./draft";

type Props = {
  readonly draft: IssueDraft;
  readonly profile: Profile;
  readonly error: string | undefined;
  readonly onChange: (change: Partial<IssueDraft>) => void;
};

/** Where the key comes from: made here and now, or elsewhere, with a request that speaks for it. */
export function KeyFields({ draft, profile, error, onChange }: Props) {
  const { keyTypes } = profile.rules;
  return (
    <>
      <OptionGroup
        legend="Key"
        value={draft.keySource}
        onChange={(keySource) => onChange({ keySource: keySource === "request" ? "request" : "browser" })}
        options={[
          {
            value: "browser",
            title: "Make the key in this browser",
            detail: "Only a request for it leaves this page. You save the key; nobody else ever has it.",
          },
          {
            value: "request",
            title: "I have a certificate request",
            detail: "Made where the key is, with openssl or another tool. The key stays there.",
          },
        ]}
      />
      {draft.keySource === "browser" ? (
        <div className="field">
          <span className="lab">
            Kind of key<span className="lab__l">as profile {profile.name} allows</span>
          </span>
          <div className="grid justify-items-start">
            <Segmented
              label="Kind of key"
              value={draft.algorithm}
              options={KeyType.options
                .filter((type) => keyTypes.includes(type))
                .map((type) => ({ value: type, label: type }))}
              onChange={(algorithm) => onChange({ algorithm })}
            />
          </div>
        </div>
      ) : (
        <RequestField csr={draft.csr} error={error} onChange={(csr) => onChange({ csr })} />
      )}
    </>
  );
}

type RequestProps = {
  readonly csr: string;
  readonly error?: string | undefined;
  readonly onChange: (csr: string) => void;
};

/** A certificate request, pasted or out of a file. */
export function RequestField({ csr, error, onChange }: RequestProps) {
  return (
    <>
      <Field label="Certificate request" limit="PKCS#10, PEM" error={error}>
        <Textarea
          mono
          name="csr"
          rows={7}
          placeholder="-----BEGIN CERTIFICATE REQUEST-----"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={csr}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <FileDrop label="Choose a file" accept=".csr,.pem,.p10,.txt" onText={(text) => onChange(text)} />
    </>
  );
}
