/** The base of every refusal of this engine: a stable `code` and a message that is safe to show. */
export abstract class X509Error extends Error {
  abstract readonly code: string;

  override readonly name: string = "X509Error";
}

/** How bytes can fail to be DER (X.690 sections 8, 10 and 11) or fail to be the expected structure. */
export type DerErrorCode =
  | "der.bit_string"
  | "der.boolean"
  | "der.default"
  | "der.depth"
  | "der.integer"
  | "der.length"
  | "der.oid"
  | "der.set_order"
  | "der.size"
  | "der.string"
  | "der.tag"
  | "der.time"
  | "der.trailing"
  | "der.truncated"
  | "der.value";

/** The bytes are not strict DER, or not the structure that was expected; `offset` counts from the start of the input. */
export class DerError extends X509Error {
  constructor(
    readonly code: DerErrorCode,
    readonly offset: number,
    message: string,
  ) {
    super(`${message} at offset ${offset}`);
  }
}

/** How a name can be refused. */
export type NameRefusedCode =
  | "name.attribute"
  | "name.characters"
  | "name.dns"
  | "name.email"
  | "name.empty"
  | "name.ip"
  | "name.kind"
  | "name.length"
  | "name.uri";

/** A distinguished name or an alternative name holds something it must not. */
export class NameRefused extends X509Error {
  constructor(
    readonly code: NameRefusedCode,
    message: string,
  ) {
    super(message);
  }
}

/** How a public key can be refused. */
export type KeyRefusedCode =
  | "key.algorithm"
  | "key.curve"
  | "key.parameters"
  | "key.point_form"
  | "key.point_not_on_curve"
  | "key.rsa_exponent"
  | "key.rsa_modulus"
  | "key.rsa_size"
  | "key.size";

/** The public key is of a kind that is not issued to, or is weak. */
export class KeyRefused extends X509Error {
  constructor(
    readonly code: KeyRefusedCode,
    message: string,
  ) {
    super(message);
  }
}

/** How a signature can be refused before it is verified. */
export type SignatureRefusedCode =
  | "signature.algorithm"
  | "signature.encoding"
  | "signature.key_mismatch"
  | "signature.parameters"
  | "signature.weak_hash";

/** The signature algorithm is unknown, weak, or does not fit the key. */
export class SignatureRefused extends X509Error {
  constructor(
    readonly code: SignatureRefusedCode,
    message: string,
  ) {
    super(message);
  }
}

/** How a PEM text can be refused. */
export type PemErrorCode = "pem.base64" | "pem.label" | "pem.missing" | "pem.several" | "pem.size" | "pem.unclosed";

/** The text is not the PEM block that was expected (RFC 7468). */
export class PemError extends X509Error {
  constructor(
    readonly code: PemErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** The writer was given a value that DER or RFC 5280 cannot carry; a fault of the caller, never of foreign input. */
export class EncodingError extends X509Error {
  readonly code = "encoding.value";
}
