import { describe, expect, it } from "vitest";
import { testKey, testLeafTbs } from "@/server/testing/x509";
import {
  authorityTbs,
  hourLater,
  issuing,
  key,
  leafExtensions,
  now,
  rawNames,
  remark,
  root,
  tbsOf,
} from "@/server/testing/x509-tbs";
import { bigInteger, type DerPart, encode, explicit, implicit, integer, namedBits, sequence, setOf, tlv } from "./der";
import { generalizedTime, ia5String, oid, utcTime, utf8String } from "./der-primitives";
import {
  authorityInfoAccess,
  authorityKeyIdentifier,
  basicConstraints,
  certificatePolicies,
  crlDistributionPoints,
  encodeExtension,
  extendedKeyUsage,
  keyUsage,
  nameConstraints,
} from "./extensions";
import { certificateChecks, type IssuerContext, lintTbsCertificate } from "./lint";
import { encodeName } from "./names";
import { accessOids, extensionOids } from "./oids";
import { encodeSignatureAlgorithm } from "./signatures";
const nameOf = (type: string, value: DerPart): DerPart => sequence([setOf([sequence([oid(type), value])])]);
const ed25519 = testKey("Ed25519");
const rsa = testKey("RSA-2048");
const weakRsa = sequence([
  sequence([oid("1.2.840.113549.1.1.1"), tlv(0x05, new Uint8Array())]),
  tlv(0x03, Uint8Array.of(0, ...encode(sequence([bigInteger((1n << 1023n) + 9n), integer(65_537)])))),
]);
const anyPurpose = extendedKeyUsage(["2.5.29.37.0"]);
const constraints = nameConstraints({ permitted: { dns: ["swarm.local"] }, excluded: {} });

/** Each check with a TBS that breaks it and nothing else; issuers are the P-256 ones unless another context is given. */
const broken: Record<string, { tbs: Uint8Array; issuer?: IssuerContext }> = {
  version_3: { tbs: tbsOf({ version: explicit(0, [integer(1)]) }) },
  serial_positive: { tbs: tbsOf({ serial: tlv(0x02, Uint8Array.of(0x80, 1, 2, 3, 4, 5, 6, 7, 8)) }) },
  serial_at_most_20_octets: { tbs: tbsOf({ serial: bigInteger(2n ** 159n) }) },
  serial_at_least_64_bits: { tbs: tbsOf({ serial: integer(4711) }) },
  signature_algorithm_of_issuer: { tbs: tbsOf({ signature: encodeSignatureAlgorithm("ecdsa-with-SHA384") }) },
  issuer_not_empty: { tbs: tbsOf({ issuer: encodeName([]) }) },
  issuer_equals_issuing_subject: { tbs: tbsOf({ issuer: encodeName([{ type: "CN", value: "Issuing p-256" }]) }) },
  validity_encoding: { tbs: tbsOf({ notAfter: generalizedTime(hourLater) }) },
  validity_order: { tbs: tbsOf({ notAfter: utcTime(now) }) },
  validity_within_issuer: { tbs: tbsOf({ notAfter: utcTime(new Date(issuing.context.notAfter.getTime() + 1000)) }) },
  subject_readable: { tbs: tbsOf({ subject: nameOf("2.5.4.3", utf8String("a\u0000b")) }) },
  subject_string_types: { tbs: tbsOf({ subject: nameOf("2.5.4.3", ia5String("a")) }) },
  authority_has_subject: { tbs: authorityTbs({}, { subject: encodeName([]) }), issuer: root.context },
  empty_subject_needs_critical_san: { tbs: tbsOf({ subject: encodeName([]) }) },
  public_key_accepted: { tbs: tbsOf({ spki: weakRsa }) },
  no_unique_identifiers: { tbs: tbsOf({ uniqueId: [implicit(2, Uint8Array.of(0, 1))] }) },
  extensions_unique: { tbs: tbsOf({ extensions: { more: [leafExtensions.ku] } }) },
  extensions_readable: { tbs: tbsOf({ extensions: { san: rawNames([2, "a\u0000.swarm.local"]) } }) },
  critical_extensions_known: {
    tbs: tbsOf({ extensions: { more: [encodeExtension("1.3.6.1.4.1.55555.9", "critical", integer(1))] } }),
  },
  authority_key_identifier_of_issuer: {
    tbs: tbsOf({ extensions: { aki: authorityKeyIdentifier(key.subjectKeyIdentifier) } }),
  },
  authority_key_identifier_plain: {
    tbs: tbsOf({
      extensions: {
        aki: encodeExtension(
          extensionOids.authorityKeyIdentifier,
          "critical",
          sequence([implicit(0, issuing.context.keyIdentifier)]),
        ),
      },
    }),
  },
  subject_key_identifier_present: { tbs: tbsOf({ extensions: { ski: null } }) },
  subject_key_identifier_plain: {
    tbs: tbsOf({
      extensions: {
        ski: encodeExtension(extensionOids.subjectKeyIdentifier, "critical", tlv(4, key.subjectKeyIdentifier)),
      },
    }),
  },
  key_usage_present: { tbs: tbsOf({ extensions: { ku: null, eku: null } }) },
  key_usage_critical: {
    tbs: tbsOf({ extensions: { ku: encodeExtension(extensionOids.keyUsage, "plain", namedBits([0])) } }),
  },
  key_usage_fits_key: { tbs: tbsOf({ extensions: { ku: keyUsage(["digitalSignature", "keyEncipherment"]) } }) },
  certificate_signing_needs_authority: {
    tbs: tbsOf({ extensions: { ku: keyUsage(["digitalSignature", "keyCertSign"]) } }),
  },
  authority_needs_certificate_signing: { tbs: authorityTbs({ ku: keyUsage(["cRLSign"]) }), issuer: root.context },
  basic_constraints_critical: {
    tbs: authorityTbs({
      bc: encodeExtension(extensionOids.basicConstraints, "plain", sequence([Uint8Array.of(1, 1, 0xff), integer(0)])),
    }),
    issuer: root.context,
  },
  path_length_needs_authority: {
    tbs: tbsOf({
      extensions: { bc: encodeExtension(extensionOids.basicConstraints, "critical", sequence([integer(0)])) },
    }),
  },
  path_length_below_issuer: {
    tbs: authorityTbs({ bc: basicConstraints({ authority: true, pathLength: 1 }) }),
    issuer: root.context,
  },
  extended_key_usage_specific: { tbs: tbsOf({ extensions: { eku: anyPurpose } }) },
  extended_key_usage_fits_key_usage: { tbs: tbsOf({ extensions: { ku: keyUsage(["nonRepudiation"]) } }) },
  name_constraints_critical: {
    tbs: authorityTbs({ more: [remark(constraints, "plain")] }),
    issuer: root.context,
  },
  name_constraints_need_authority: { tbs: tbsOf({ extensions: { more: [constraints] } }) },
  crl_distribution_points_plain: {
    tbs: tbsOf({
      extensions: {
        more: [remark(crlDistributionPoints(["http://x/a.crl"]), "critical")],
      },
    }),
  },
  crl_distribution_points_http: {
    tbs: tbsOf({
      extensions: {
        more: [
          encodeExtension(
            extensionOids.crlDistributionPoints,
            "plain",
            sequence([sequence([explicit(0, [explicit(0, [implicit(6, new TextEncoder().encode("ldap://x/a"))])])])]),
          ),
        ],
      },
    }),
  },
  authority_info_access_plain: {
    tbs: tbsOf({
      extensions: {
        more: [remark(authorityInfoAccess({ ocsp: "http://x/" }), "critical")],
      },
    }),
  },
  authority_info_access_http: {
    tbs: tbsOf({
      extensions: {
        more: [
          encodeExtension(
            extensionOids.authorityInfoAccess,
            "plain",
            sequence([sequence([oid(accessOids.ocsp), implicit(6, new TextEncoder().encode("https://x/"))])]),
          ),
        ],
      },
    }),
  },
  policies_unique: { tbs: tbsOf({ extensions: { more: [certificatePolicies(["1.2.3.4", "1.2.3.4"])] } }) },
  san_not_empty: {
    tbs: tbsOf({ extensions: { san: encodeExtension(extensionOids.subjectAltName, "plain", sequence([])) } }),
  },
  san_kinds: {
    tbs: tbsOf({
      extensions: {
        san: encodeExtension(extensionOids.subjectAltName, "plain", sequence([tlv(0x88, oid("1.2.3").subarray(2))])),
      },
    }),
  },
  san_unique: { tbs: tbsOf({ extensions: { san: rawNames([2, "a.b"], [2, "a.b"]) } }) },
  san_dns_syntax: { tbs: tbsOf({ extensions: { san: rawNames([2, "a_b.swarm.local"]) } }) },
  san_email_syntax: { tbs: tbsOf({ extensions: { san: rawNames([1, "ops at swarm"]) } }) },
  san_uri_syntax: { tbs: tbsOf({ extensions: { san: rawNames([6, "/relative"]) } }) },
  san_spiffe_form: { tbs: tbsOf({ extensions: { san: rawNames([6, "spiffe://Swarm.local/node/a"]) } }) },
  san_spiffe_single: {
    tbs: tbsOf({ extensions: { san: rawNames([6, "spiffe://swarm.local/node/a"], [6, "https://x.org/"]) } }),
  },
  names_within_constraints: {
    tbs: tbsOf({ extensions: { san: rawNames([2, "a.elsewhere.example"]) } }),
    issuer: { ...issuing.context, nameConstraints: { permitted: { dns: ["swarm.local"] }, excluded: {} } },
  },
};

describe("lintTbsCertificate", () => {
  it("finds nothing in what the tests start from, so that each finding below has one cause", () => {
    expect(lintTbsCertificate(tbsOf(), issuing.context)).toEqual([]);
    expect(lintTbsCertificate(authorityTbs({}), root.context)).toEqual([]);
  });

  it("has a broken certificate for every check in its table, and no check twice", () => {
    expect(Object.keys(broken).sort()).toEqual(certificateChecks.map(({ id }) => id).sort());
  });

  it.each(Object.entries(broken))("finds exactly %s", (id, { tbs, issuer }) => {
    const section = certificateChecks.find((check) => check.id === id)?.section;
    expect(lintTbsCertificate(tbs, issuer ?? issuing.context)).toMatchObject([{ id, section }]);
  });

  it.each([
    ["zero", tlv(0x02, Uint8Array.of(0))],
    ["minus one", tlv(0x02, Uint8Array.of(0xff))],
  ])("takes a serial of %s for not positive", (_name, serial) => {
    expect(lintTbsCertificate(tbsOf({ serial }), issuing.context)).toMatchObject([{ id: "serial_positive" }]);
  });

  it.each([
    [
      "an authority below path length 0",
      authorityTbs({ aki: leafExtensions.aki }, { issuer: issuing.context.name }),
      issuing.context,
      "path_length_below_issuer",
    ],
    [
      "an Ed25519 key that agrees on keys",
      tbsOf({ spki: ed25519.publicKey.spki, extensions: { ku: keyUsage(["digitalSignature", "keyAgreement"]) } }),
      issuing.context,
      "key_usage_fits_key",
    ],
    [
      "an RSA key that agrees on keys",
      tbsOf({ spki: rsa.publicKey.spki, extensions: { ku: keyUsage(["digitalSignature", "keyAgreement"]) } }),
      issuing.context,
      "key_usage_fits_key",
    ],
    [
      "UTCTime is left at 2050",
      tbsOf({ notAfter: tlv(0x17, new TextEncoder().encode("500101000000Z")) }),
      issuing.context,
      "validity_order",
    ],
    [
      "a missing authority key identifier",
      tbsOf({ extensions: { aki: null } }),
      issuing.context,
      "authority_key_identifier_of_issuer",
    ],
    [
      "a wildcard in the middle",
      tbsOf({ extensions: { san: rawNames([2, "a.*.swarm.local"]) } }),
      issuing.context,
      "san_dns_syntax",
    ],
    [
      "an address of five octets",
      tbsOf({ extensions: { san: rawNames([7, "abcde"]) } }),
      issuing.context,
      "extensions_readable",
    ],
    [
      "a SPIFFE ID with a query",
      tbsOf({ extensions: { san: rawNames([6, "spiffe://swarm.local/a?b"]) } }),
      issuing.context,
      "san_spiffe_form",
    ],
    [
      "a SPIFFE ID that climbs",
      tbsOf({ extensions: { san: rawNames([6, "spiffe://swarm.local/a/../b"]) } }),
      issuing.context,
      "san_spiffe_form",
    ],
  ])("catches %s", (_name, tbs, issuer, id) => {
    expect(lintTbsCertificate(tbs, issuer).map((finding) => finding.id)).toContain(id);
  });

  it("says that a TBS cannot be read, rather than throw, for every truncation of one", () => {
    const tbs = testLeafTbs(issuing, key);
    for (let length = 0; length < tbs.length; length++) {
      expect(lintTbsCertificate(tbs.subarray(0, length), issuing.context)).toMatchObject([{ id: "tbs_readable" }]);
    }
  });
});
