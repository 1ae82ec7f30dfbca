import { describe, expect, it } from "vitest";
import { encode, sequence, setOf } from "./der";
import { ia5String, oid, utf8String } from "./der-primitives";
import {
  decodeGeneralNames,
  encodeGeneralNames,
  formatGeneralName,
  type GeneralName,
  parseGeneralName,
} from "./general-names";
import { fromHex, toHex } from "./hex";
import { decodeName, encodeName, formatName } from "./names";

describe("a distinguished name", () => {
  it("comes back as it was written", () => {
    const attributes = [
      { type: "C", value: "DE" },
      { type: "O", value: "Acmé & Söhne" },
      { type: "DC", value: "swarm" },
      { type: "CN", value: "机器-7" },
      { type: "serialNumber", value: "4711" },
      { type: "emailAddress", value: "a@b.org" },
      { type: "1.3.6.1.4.1.55555.2", value: "own" },
    ];
    expect(decodeName(encodeName(attributes))).toEqual(attributes);
    expect(toHex(encodeName([]))).toBe("3000");
  });

  it("is shown in RFC 4514 form, last attribute first, separators escaped", () => {
    expect(
      formatName([
        { type: "O", value: "A, B+C" },
        { type: "CN", value: " #1 " },
      ]),
    ).toBe("CN=\\ #1\\ ,O=A\\, B\\+C");
    expect(formatName([{ type: "CN", value: "#1" }])).toBe("CN=\\#1");
  });

  it.each([
    ["an empty value", [{ type: "CN", value: " " }], "name.empty"],
    ["NUL", [{ type: "CN", value: "a\u0000" }], "name.characters"],
    ["a line end", [{ type: "CN", value: "a\nb" }], "name.characters"],
    ["a right-to-left override", [{ type: "CN", value: "a\u202eb" }], "name.characters"],
    ["a zero-width space", [{ type: "O", value: "a\u200bb" }], "name.characters"],
    ["a lone surrogate", [{ type: "O", value: "\ud800" }], "name.characters"],
    ["65 characters in CN", [{ type: "CN", value: "a".repeat(65) }], "name.length"],
    ["three letters of country", [{ type: "C", value: "DEU" }], "name.length"],
    ["a country that is not printable", [{ type: "C", value: "ü" }], "name.characters"],
    ["a mail address outside ASCII", [{ type: "emailAddress", value: "ü@b.org" }], "name.characters"],
    ["an unknown attribute", [{ type: "XX", value: "a" }], "name.attribute"],
  ])("refuses %s", (_name, attributes, code) => {
    expect(() => encodeName(attributes)).toThrow(expect.objectContaining({ code }));
  });

  it("counts characters, not code units, at its upper bound", () => {
    const value = "😀".repeat(64);
    expect(decodeName(encodeName([{ type: "CN", value }]))).toEqual([{ type: "CN", value }]);
  });

  it("reads several attributes in one relative name", () => {
    const one = sequence([oid("2.5.4.3"), utf8String("a")]);
    const two = sequence([oid("0.9.2342.19200300.100.1.1"), ia5String("b")]);
    expect(decodeName(encode(sequence([setOf([two, one])])))).toHaveLength(2);
    expect(() => decodeName(fromHex("30023100"))).toThrow(expect.objectContaining({ code: "der.value" }));
  });
});

describe("general names", () => {
  const names: GeneralName[] = [
    { type: "dns", value: "*.swarm.local" },
    { type: "ip", value: "10.0.0.1" },
    { type: "ip", value: "2001:db8::1" },
    { type: "uri", value: "spiffe://swarm.local/node/a" },
    { type: "email", value: "a.b@c.org" },
  ];

  it("come back as they were written, as bytes and as lines", () => {
    expect(decodeGeneralNames(encodeGeneralNames(names))).toEqual(names);
    expect(names.map(formatGeneralName).map(parseGeneralName)).toEqual(names);
    expect(parseGeneralName("IP: 2001:DB8:0::1 ")).toEqual({ type: "ip", value: "2001:db8::1" });
  });

  it.each([
    ["other name 1.3.6.1.4.1.311.20.2.3", "300ea00c060a2b060104018237140203"],
    ["registered id 1.2.3", "300488022a03"],
    ["directory name CN=a", "3010a40e300c310a300806035504030c0161"],
  ])("of other kinds are read in words: %s", (value, hex) => {
    expect(decodeGeneralNames(fromHex(hex))).toEqual([{ type: "other", value }]);
    expect(() => encodeGeneralNames([{ type: "other", value }])).toThrow(
      expect.objectContaining({ code: "name.kind" }),
    );
  });

  it.each([
    ["an empty list", "3000", "der.value"],
    ["an empty DNS name", "30028200", "der.value"],
    ["NUL", "30058203610062", "der.string"],
    ["an octet above 127", "30038201e9", "der.string"],
    ["an address of three octets", "300587037f0000", "der.value"],
    ["an unknown tag", "30028900", "der.tag"],
  ])("refuse %s", (_name, hex, code) => {
    expect(() => decodeGeneralNames(fromHex(hex))).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ["dns:a_b", "name.dns"],
    ["dns:", "name.dns"],
    ["ip:1.2.3", "name.ip"],
    ["uri:relative", "name.uri"],
    ["email:a", "name.email"],
    ["a.b", "name.kind"],
    ["host:a", "name.kind"],
  ])("refuse the line %s", (line, code) => {
    expect(() => parseGeneralName(line)).toThrow(expect.objectContaining({ code }));
  });
});
