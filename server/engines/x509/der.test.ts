import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bigInteger,
  bitString,
  booleanTrue,
  encode,
  explicit,
  implicit,
  integer,
  namedBits,
  octetString,
  octetStringOf,
  sequence,
  setOf,
  tags,
  tlv,
  unsignedInteger,
} from "./der";
import { generalizedTime, ia5String, oid, printableString, time, utcTime, utf8String } from "./der-primitives";
import { DerReader, readSingle } from "./der-reader";
import {
  booleanValue,
  defaultFalse,
  integerContent,
  namedBitNumbers,
  oidText,
  setElements,
  smallInteger,
  stringText,
  timeValue,
  unsignedMagnitude,
  wholeBits,
} from "./der-values";
import { fromHex, toHex } from "./hex";

const element = (hex: string) => DerReader.of(fromHex(hex)).readAny();

describe("the writer", () => {
  it.each([
    ["integer 0", integer(0), "020100"],
    ["integer 127", integer(127), "02017f"],
    ["integer 128", integer(128), "02020080"],
    ["integer 2^31 - 1", integer(0x7fffffff), "02047fffffff"],
    ["a big integer", bigInteger(2n ** 64n), "0209010000000000000000"],
    ["leading zeros", unsignedInteger(fromHex("0000ff")), "020200ff"],
    ["no octets at all", unsignedInteger(new Uint8Array()), "020100"],
    ["true", booleanTrue, "0101ff"],
    ["a bit string", bitString(fromHex("01")), "03020001"],
    ["named bits", namedBits([5, 6]), "03020106"],
    ["nine named bits", namedBits([0, 8]), "0303078080"],
    ["no named bits", namedBits([]), "030100"],
    ["an octet string", octetString(fromHex("01")), "040101"],
    ["an octet string around DER", encode(octetStringOf(sequence([]))), "04023000"],
    ["an object identifier", oid("1.2.840.113549"), "06062a864886f70d"],
    ["a large second arc", oid("2.999.3"), "0603883703"],
    ["a UUID arc", oid("2.25.329800735698586629295641978511506172918"), "06146983f09da7ebcfdee0c7a1a7b2c0948cc8f9d776"],
    ["UTF-8", utf8String("é"), "0c02c3a9"],
    ["printable", printableString("a"), "130161"],
    ["IA5", ia5String("a"), "160161"],
    ["UTCTime", utcTime(new Date("2049-12-31T23:59:59.999Z")), "170d3439313233313233353935395a"],
    ["GeneralizedTime", generalizedTime(new Date("2050-01-01T00:00:00Z")), "180f32303530303130313030303030305a"],
    [
      "a nested tree",
      encode(sequence([explicit(3, [integer(1)]), implicit(2, fromHex("61"))])),
      "3008a303020101820161",
    ],
    ["a sorted set", encode(setOf([integer(2), integer(1)])), "3106020101020102"],
  ])("writes %s", (_name, der, hex) => {
    expect(toHex(der)).toBe(hex);
  });

  it.each([0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000])("writes a length of %i in its shortest form", (length) => {
    const der = octetString(new Uint8Array(length));
    expect(readSingle(der, tags.octetString, 100_000).content).toHaveLength(length);
    expect(Buffer.compare(encode(sequence([der])).subarray(-der.length), der)).toBe(0);
  });

  it.each([
    ["a negative integer", () => integer(-1)],
    ["a fraction", () => integer(1.5)],
    ["a negative big integer", () => bigInteger(-1n)],
    ["an object identifier with one arc", () => oid("1")],
    ["an object identifier with a large second arc", () => oid("1.40")],
    ["an underscore as printable", () => printableString("_")],
    ["an umlaut as IA5", () => ia5String("ü")],
    ["a lone surrogate", () => utf8String("\ud800")],
    ["UTCTime in 2050", () => utcTime(new Date("2050-01-01T00:00:00Z"))],
    ["no date", () => time(new Date(Number.NaN))],
  ])("refuses %s", (_name, write) => {
    expect(write).toThrow(expect.objectContaining({ code: "encoding.value" }));
  });
});

describe("the reader", () => {
  it.each([
    ["an indefinite length", "3080", "der.length"],
    ["a length of more octets than needed", "30810100", "der.length"],
    ["a length with a leading zero", "30820080", "der.length"],
    ["a length of five octets", "30850000000000", "der.length"],
    ["a length beyond the end", "300201", "der.truncated"],
    ["a tag alone", "30", "der.truncated"],
    ["a high tag number", "1f8100", "der.tag"],
  ])("refuses %s", (_name, hex, code) => {
    expect(() => DerReader.of(fromHex(hex)).readAny()).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ["an empty integer", () => integerContent(element("0200")), "der.integer"],
    ["a padded integer", () => integerContent(element("02020001")), "der.integer"],
    ["a padded negative integer", () => integerContent(element("0202ff80")), "der.integer"],
    ["a negative where none may be", () => unsignedMagnitude(element("0201ff")), "der.integer"],
    ["a number beyond 2^31", () => smallInteger(element("020500ffffffff")), "der.integer"],
    ["a boolean of 01", () => booleanValue(element("010101")), "der.boolean"],
    ["a boolean of two octets", () => booleanValue(element("0102ffff")), "der.boolean"],
    ["a default that is written out", () => defaultFalse(DerReader.of(fromHex("010100"))), "der.default"],
    ["spare bits in whole octets", () => wholeBits(element("03020100")), "der.bit_string"],
    ["a bit string without a count", () => wholeBits(element("0300")), "der.bit_string"],
    ["trailing zero bits", () => namedBitNumbers(element("03020680")), "der.bit_string"],
    ["spare bits that are set", () => namedBitNumbers(element("03020781")), "der.bit_string"],
    ["more than seven spare bits", () => namedBitNumbers(element("03020880")), "der.bit_string"],
    ["an empty object identifier", () => oidText(element("0600")), "der.oid"],
    ["an arc with a leading zero", () => oidText(element("06032a8001")), "der.oid"],
    ["an arc that does not end", () => oidText(element("06022a86")), "der.oid"],
    ["the 31st of June", () => timeValue(element("170d3236303633313030303030305a")), "der.time"],
    ["a time with an offset", () => timeValue(element("17113236303633303030303030302b30313030")), "der.time"],
    ["a time without seconds", () => timeValue(element("170b323630363330303030305a")), "der.time"],
    ["a fraction of a second", () => timeValue(element("181132303235303130313030303030302e315a")), "der.time"],
    ["a set out of order", () => setElements(element("3106020102020101")), "der.set_order"],
    ["an underscore in a PrintableString", () => stringText(element("13015f")), "der.string"],
    ["overlong UTF-8", () => stringText(element("0c02c080")), "der.string"],
    ["half a UTF-16 character", () => stringText(element("1e0100")), "der.string"],
  ])("refuses %s", (_name, read, code) => {
    expect(read).toThrow(expect.objectContaining({ code }));
  });

  it("says where the fault is", () => {
    const reader = DerReader.of(fromHex("3004020101ff"));
    const inner = reader.enter(tags.sequence);
    inner.read(tags.integer);
    expect(() => inner.read(tags.integer)).toThrow(expect.objectContaining({ code: "der.tag", offset: 5 }));
  });

  it("refuses what follows the one element", () => {
    expect(() => readSingle(fromHex("300000"), tags.sequence)).toThrow(
      expect.objectContaining({ code: "der.trailing", offset: 2 }),
    );
  });

  it("reads a two-digit year from 50 on as the last century", () => {
    expect(timeValue(element("170d3530303130313030303030305a")).date).toEqual(new Date("1950-01-01T00:00:00Z"));
    expect(timeValue(element("170d3439303130313030303030305a")).date).toEqual(new Date("2049-01-01T00:00:00Z"));
  });
});

describe("what is written is read back", () => {
  const read = (der: Uint8Array, tag: number) => readSingle(der, tag);

  it("for object identifiers that come again, among others of the same place, in memory that is used again", () => {
    const texts = Array.from({ length: 2_000 }, (_, index) => `1.${index % 40}.${index * 7}.${index % 3}`);
    const memory = Buffer.alloc(16);
    for (const text of [...texts, ...texts.slice(0, 64), ...texts]) {
      const der = oid(text);
      memory.set(der);
      expect(oidText(read(memory.subarray(0, der.length), tags.oid))).toBe(text);
    }
  });

  it("for integers, object identifiers, bits, texts and times", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 160n }), (value) => {
        expect(BigInt(`0x${toHex(unsignedMagnitude(read(bigInteger(value), tags.integer)))}`)).toBe(value);
      }),
    );
    const arcs = fc.tuple(fc.nat(2), fc.nat(39), fc.array(fc.bigInt({ min: 0n, max: 2n ** 100n }), { maxLength: 3 }));
    fc.assert(
      fc.property(arcs, ([first, second, rest]) => {
        const text = [first, second, ...rest].join(".");
        expect(oidText(read(oid(text), tags.oid))).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40)), (bits) => {
        expect(namedBitNumbers(read(namedBits(bits), tags.bitString))).toEqual(bits.toSorted((a, b) => a - b));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(stringText(read(utf8String(text), tags.utf8String))).toBe(text);
      }),
    );
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1950-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
        (date) => {
          const whole = new Date(Math.floor(date.getTime() / 1000) * 1000);
          const der = time(date);
          expect(timeValue(DerReader.of(der).readAny()).date).toEqual(whole);
          expect(der[0]).toBe(whole.getUTCFullYear() < 2050 ? tags.utcTime : tags.generalizedTime);
        },
      ),
    );
  });

  it("refuses a tlv that is not of the expected tag", () => {
    expect(() => readSingle(tlv(0x80, new Uint8Array()), tags.null)).toThrow(
      expect.objectContaining({ code: "der.tag" }),
    );
  });
});
