import { fromBase64, toBase64 } from "./base64";
import { PemError } from "./errors";

/** The kinds of PEM blocks that are read and written (RFC 7468). */
export type PemLabel = "CERTIFICATE" | "CERTIFICATE REQUEST" | "X509 CRL" | "PUBLIC KEY" | "PRIVATE KEY";

const sizeLimit = 8_388_608;
const olderLabels: Partial<Record<PemLabel, string>> = { "CERTIFICATE REQUEST": "NEW CERTIFICATE REQUEST" };

/** One block with lines of 64 characters (RFC 7468 section 3). */
export function encodePem(label: PemLabel, der: Uint8Array): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

/**
 * The octets of the one block of this kind in a text; line ends, blanks and text around it do not matter, nor do
 * blocks of other kinds. @throws PemError
 */
export function decodePem(label: PemLabel, text: string): Uint8Array {
  const blocks = decodePemAll(label, text);
  if (blocks.length > 1) throw new PemError("pem.several", `more than one ${label} block, give exactly one`);
  const [block] = blocks;
  if (block === undefined) throw new PemError("pem.missing", `no -----BEGIN ${label}----- block in the text`);
  return block;
}

/** The octets of every block of this kind in a text, in order. @throws PemError */
export function decodePemAll(label: PemLabel, text: string): Uint8Array[] {
  if (text.length > sizeLimit) throw new PemError("pem.size", "the text is longer than 8 MB");
  const blocks: Uint8Array[] = [];
  let position = 0;
  for (;;) {
    const block = nextBlock(text, position);
    if (block === null) return blocks;
    if (block.label === label || block.label === olderLabels[label]) blocks.push(decodeBody(label, block.body));
    position = block.end;
  }
}

interface Block {
  label: string;
  body: string;
  end: number;
}

function nextBlock(text: string, position: number): Block | null {
  const begin = text.indexOf("-----BEGIN ", position);
  if (begin < 0) return null;
  const labelEnd = text.indexOf("-----", begin + 11);
  const label = labelEnd < 0 ? "" : text.slice(begin + 11, labelEnd);
  if (!/^[A-Z0-9 ]{1,40}$/.test(label)) throw new PemError("pem.label", "a BEGIN line without a label");
  const footer = `-----END ${label}-----`;
  const bodyEnd = text.indexOf(footer, labelEnd + 5);
  if (bodyEnd < 0) throw new PemError("pem.unclosed", `the ${label} block has no END line`);
  return { label, body: text.slice(labelEnd + 5, bodyEnd), end: bodyEnd + footer.length };
}

function decodeBody(label: PemLabel, body: string): Uint8Array {
  const bytes = fromBase64(body);
  if (bytes === null || bytes.length === 0) throw new PemError("pem.base64", `the ${label} block is not base64`);
  return bytes;
}
