import { describe, expect, it } from "vitest";
import { randomSerial, testIssuing, testRoot } from "@/server/testing/x509";
import { encodeCrlEntry } from "./crl";
import {
  bigInteger,
  type DerPart,
  encode,
  enumerated,
  explicit,
  implicit,
  integer,
  sequence,
  tlv,
  unsignedInteger,
} from "./der";
import { generalizedTime, utcTime } from "./der-primitives";
import { authorityKeyIdentifier, encodeExtension } from "./extensions";
import { fromHex } from "./hex";
import { crlChecks, lintTbsCrl } from "./lint-crl";
import { encodeName } from "./names";
import { extensionOids } from "./oids";
import { encodeSignatureAlgorithm } from "./signatures";

const root = testRoot("P-256");
const issuing = testIssuing(root, "P-256");
const thisUpdate = new Date("2026-03-01T12:00:00Z");
const nextUpdate = new Date("2026-03-02T12:00:00Z");

interface CrlParts {
  version: DerPart[];
  signature: DerPart;
  issuer: DerPart;
  thisUpdate: DerPart;
  nextUpdate: DerPart[];
  entries: DerPart[];
  aki: DerPart | null;
  number: DerPart | null;
  idp: DerPart | null;
  more: DerPart[];
}

const good = encodeCrlEntry({
  serial: fromHex("0badc0de0badc0de0badc0de0badc0de"),
  revokedAt: thisUpdate,
  reason: "superseded",
});
const numberExtension = (value: bigint, criticality: "critical" | "plain" = "plain"): Uint8Array =>
  encodeExtension(extensionOids.crlNumber, criticality, bigInteger(value));
const point = (criticality: "critical" | "plain", uri: string): Uint8Array =>
  encodeExtension(
    extensionOids.issuingDistributionPoint,
    criticality,
    sequence([explicit(0, [explicit(0, [implicit(6, new TextEncoder().encode(uri))])])]),
  );
const entryOf = (time: DerPart, reason: DerPart[] = []): DerPart =>
  sequence([unsignedInteger(fromHex("0badc0de0badc0de")), time, ...reason]);
const reasonOf = (code: number): DerPart =>
  sequence([encodeExtension(extensionOids.reasonCode, "plain", enumerated(code))]);

function tbsOf(changes: Partial<CrlParts> = {}): Uint8Array {
  const parts: CrlParts = {
    version: [integer(1)],
    signature: encodeSignatureAlgorithm("ecdsa-with-SHA256"),
    issuer: issuing.context.name,
    thisUpdate: utcTime(thisUpdate),
    nextUpdate: [utcTime(nextUpdate)],
    entries: [sequence([good])],
    aki: authorityKeyIdentifier(issuing.context.keyIdentifier),
    number: numberExtension(7n),
    idp: point("critical", "http://x/a.crl"),
    more: [],
    ...changes,
  };
  const extensions = [parts.aki, parts.number, parts.idp, ...parts.more].filter(
    (part): part is DerPart => part !== null,
  );
  return encode(
    sequence([
      ...parts.version,
      parts.signature,
      parts.issuer,
      parts.thisUpdate,
      ...parts.nextUpdate,
      ...parts.entries,
      explicit(0, [sequence(extensions)]),
    ]),
  );
}

const broken: Record<string, Uint8Array> = {
  crl_version_2: tbsOf({ version: [] }),
  crl_signature_algorithm_of_issuer: tbsOf({ signature: encodeSignatureAlgorithm("Ed25519") }),
  crl_issuer_equals_issuing_subject: tbsOf({ issuer: encodeName([{ type: "CN", value: "x" }]) }),
  crl_time_encoding: tbsOf({ nextUpdate: [generalizedTime(nextUpdate)] }),
  crl_next_update_present: tbsOf({ nextUpdate: [] }),
  crl_next_update_later: tbsOf({ nextUpdate: [utcTime(thisUpdate)] }),
  crl_entries_readable: tbsOf({ entries: [sequence([])] }),
  crl_entries_unique: tbsOf({ entries: [sequence([good, good])] }),
  crl_entry_dates: tbsOf({ entries: [sequence([entryOf(utcTime(nextUpdate))])] }),
  crl_entry_reasons: tbsOf({ entries: [sequence([entryOf(utcTime(thisUpdate), [reasonOf(0)])])] }),
  crl_extensions_unique: tbsOf({ more: [numberExtension(7n)] }),
  crl_extensions_readable: tbsOf({
    more: [],
    idp: encodeExtension(extensionOids.issuingDistributionPoint, "critical", sequence([])),
  }),
  crl_critical_extensions_known: tbsOf({
    more: [encodeExtension(extensionOids.deltaCrlIndicator, "critical", integer(1))],
  }),
  crl_authority_key_identifier_of_issuer: tbsOf({ aki: authorityKeyIdentifier(root.context.keyIdentifier) }),
  crl_authority_key_identifier_plain: tbsOf({
    aki: encodeExtension(
      extensionOids.authorityKeyIdentifier,
      "critical",
      sequence([implicit(0, issuing.context.keyIdentifier)]),
    ),
  }),
  crl_number_present: tbsOf({ number: null }),
  crl_number_at_most_20_octets: tbsOf({ number: numberExtension(2n ** 159n) }),
  crl_number_grows: tbsOf({ number: numberExtension(6n) }),
  crl_number_plain: tbsOf({ number: numberExtension(7n, "critical") }),
  crl_distribution_point_critical: tbsOf({ idp: point("plain", "http://x/a.crl") }),
  crl_distribution_point_http: tbsOf({ idp: point("critical", "ldap://x/a") }),
};

describe("lintTbsCrl", () => {
  const ids = (tbs: Uint8Array): string[] => lintTbsCrl(tbs, issuing.context, 6n).map(({ id }) => id);

  it("finds nothing in what the tests start from", () => {
    expect(ids(tbsOf())).toEqual([]);
    expect(ids(tbsOf({ entries: [] }))).toEqual([]);
  });

  it("has a broken CRL for every check in its table", () => {
    expect(Object.keys(broken).sort()).toEqual(crlChecks.map(({ id }) => id).sort());
  });

  it.each(Object.entries(broken))("finds exactly %s", (id, tbs) => {
    expect(ids(tbs)).toEqual([id]);
  });

  it.each([
    [
      "a serial that is not in its shortest form",
      sequence([tlv(2, Uint8Array.of(0, 1)), utcTime(thisUpdate)]),
      "crl_entries_readable",
    ],
    ["a negative serial", sequence([tlv(2, Uint8Array.of(0x80, 1)), utcTime(thisUpdate)]), "crl_entries_readable"],
    ["a serial of 21 octets", sequence([bigInteger(2n ** 160n), utcTime(thisUpdate)]), "crl_entries_readable"],
    ["the 30th of February", entryOf(tlv(0x17, new TextEncoder().encode("260230000000Z"))), "crl_entries_readable"],
    ["an hour of 24", entryOf(tlv(0x17, new TextEncoder().encode("260101240000Z"))), "crl_entries_readable"],
    ["a time without Z", entryOf(tlv(0x17, new TextEncoder().encode("2601010000000"))), "crl_entries_readable"],
    ["a reason without a meaning", entryOf(utcTime(thisUpdate), [reasonOf(7)]), "crl_entries_readable"],
    ["an entry that is cut", Uint8Array.of(0x30, 0x20, 0x02, 0x01, 0x05), "crl_entries_readable"],
    ["something behind the reason", entryOf(utcTime(thisUpdate), [reasonOf(1), integer(1)]), "crl_entries_readable"],
    ["a removal", entryOf(utcTime(thisUpdate), [reasonOf(8)]), "crl_entry_reasons"],
    ["GeneralizedTime before 2050", entryOf(generalizedTime(thisUpdate)), "crl_entry_dates"],
    ["a second after this update", entryOf(utcTime(new Date(thisUpdate.getTime() + 1000))), "crl_entry_dates"],
  ])("catches %s in an entry", (_name, entry, id) => {
    expect(ids(tbsOf({ entries: [sequence([good, entry])] }))).toEqual([id]);
  });

  it("accepts entries of the last days of a month, which take the slower way", () => {
    const entries = ["2026-01-31T00:00:00Z", "2024-02-29T23:59:59Z", "2026-02-28T10:00:00Z"].map((time) =>
      encodeCrlEntry({ serial: randomSerial(), revokedAt: new Date(time), reason: "unspecified" }),
    );
    expect(ids(tbsOf({ entries: [sequence(entries)] }))).toEqual([]);
  });

  it("finds the one duplicate among 1,001 entries", () => {
    const entries = Array.from({ length: 1_000 }, () =>
      encodeCrlEntry({ serial: randomSerial(), revokedAt: thisUpdate, reason: "superseded" }),
    );
    expect(ids(tbsOf({ entries: [sequence([...entries, entries[500] ?? new Uint8Array()])] }))).toEqual([
      "crl_entries_unique",
    ]);
  });
});
