"use client";

import type { Failure } from "@/components/rpc/failure";
import { Button } from "@/components/ui/button";
import { CopyText } from "@/components/ui/copy";
import { Field } from "@/components/ui/field";
import { CodeInput } from "@/components/ui/input";
import { QrCode } from "@/components/ui/qr-code";
import { Skeleton } from "@/components/ui/skeleton";
import type { TotpOffer } from "@/server/identities/contract";
import { FailureNote } from "./failure-note";

type Props = {
  /** Absent while it is on its way. */
  readonly offer: TotpOffer | undefined;
  readonly code: string;
  readonly failure: Failure | undefined;
  readonly onCode: (code: string) => void;
  readonly onComplete?: (code: string) => void;
  readonly onRenew: () => void;
};

const CODE_FAILURES = ["second_factor.code_refused"];

/** The QR code to scan, the key for typing by hand, and the field for the first code. */
export function AuthenticatorOffer({ offer, code, failure, onCode, onComplete, onRenew }: Props) {
  const isCodeWrong = failure !== undefined && CODE_FAILURES.includes(failure.code);
  const hasEnded = failure?.code === "second_factor.offer_ended";
  return (
    <>
      <div className="flex flex-wrap items-start gap-6">
        {offer ? (
          <QrCode matrix={offer.qr} label="QR code for your authenticator; the key beside it says the same" />
        ) : (
          <div className="qr" role="status" aria-label="Making the QR code" />
        )}
        <ol className="grid min-w-0 flex-1 basis-64 list-inside list-decimal gap-2 x2">
          <li>Open your authenticator app.</li>
          <li>Scan the QR code with it.</li>
          <li>Enter the six digits that it shows now.</li>
        </ol>
      </div>
      <div>
        <p className="x3 t12">No camera? Type this key, by time, SHA-1, six digits:</p>
        {offer ? <CopyText text={offer.secret} label="Copy the key" /> : <Skeleton className="w-64" />}
      </div>
      <Field
        label="Code of the authenticator"
        limit="6 digits"
        error={isCodeWrong ? failure.message : undefined}
        className="max-w-64"
      >
        <CodeInput
          name="code"
          value={code}
          onChange={(event) => onCode(event.target.value)}
          onComplete={(full) => onComplete?.(full)}
        />
      </Field>
      {!isCodeWrong && <FailureNote failure={failure} />}
      {hasEnded && (
        <Button icon="turn" onClick={onRenew} className="justify-self-start">
          Make a new QR code
        </Button>
      )}
    </>
  );
}
