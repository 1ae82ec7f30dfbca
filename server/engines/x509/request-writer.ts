import { signedSequence } from "./certificate";
import { encode, explicit, integer, sequence, setOf } from "./der";
import { oid } from "./der-primitives";
import { subjectAltName } from "./extensions";
import type { GeneralName } from "./general-names";
import { encodeName, type NameAttribute } from "./names";
import { extensionRequestOid } from "./oids";
import { encodeSignatureAlgorithm, type SignatureAlgorithm } from "./signatures";

/** What a certification request asks for, and how it is signed; `sign` returns a DER signature for ECDSA. */
export interface RequestInput {
  subject: readonly NameAttribute[];
  names?: readonly GeneralName[];
  spki: Uint8Array;
  signatureAlgorithm: SignatureAlgorithm;
  sign: (tbs: Uint8Array) => Promise<Uint8Array>;
}

/** A signed `CertificationRequest` (RFC 2986 section 4.2). @throws NameRefused, and what `sign` throws */
export async function writeRequest(input: RequestInput): Promise<Uint8Array> {
  const tbs = buildRequestInfo(input);
  const signature = await input.sign(tbs);
  return encode(signedSequence(tbs, encodeSignatureAlgorithm(input.signatureAlgorithm), signature));
}

/** `CertificationRequestInfo` with the names as an extension request (RFC 2986 section 4.1, RFC 2985 section 5.4.2). @throws NameRefused */
export function buildRequestInfo(input: Pick<RequestInput, "subject" | "names" | "spki">): Uint8Array {
  const { names = [] } = input;
  const criticality = input.subject.length === 0 ? "critical" : "plain";
  const attributes =
    names.length === 0
      ? []
      : [sequence([oid(extensionRequestOid), setOf([sequence([subjectAltName(names, criticality)])])])];
  return encode(sequence([integer(0), encodeName(input.subject), input.spki, explicit(0, attributes)]));
}
