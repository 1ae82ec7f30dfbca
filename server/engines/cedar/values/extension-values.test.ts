import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOf, timeOf } from "./datetime";
import { extensionOf, writeExtension } from "./extension-values";
import { isInRange, isLoopback, isMulticast, unpackIp } from "./ip";
import { ExtensionValue, LONG_MAX, LONG_MIN } from "./value";

const DAY = 86_400_000n;

describe("a text becomes a value of an extension", () => {
  it.each([
    ["decimal", "1.0", 10_000n],
    ["decimal", "01.5", 15_000n],
    ["decimal", "-0.0001", -1n],
    ["decimal", "922337203685477.5807", LONG_MAX],
    ["decimal", "-922337203685477.5808", LONG_MIN],
    ["datetime", "1970-01-01", 0n],
    ["datetime", "2024-02-29", 19_782n * DAY],
    ["datetime", "1969-12-31T23:59:59.999Z", -1n],
    ["datetime", "1970-01-01T01:00:00+0100", 0n],
    ["datetime", "1970-01-01T00:00:00.001-2359", (23n * 60n + 59n) * 60_000n + 1n],
    ["datetime", "0000-01-01", -719_528n * DAY],
    ["duration", "1d2h3m4s5ms", DAY + 7_384_005n],
    ["duration", "5ms", 5n],
    ["duration", "-3m", -180_000n],
    ["duration", "-9223372036854775808ms", LONG_MIN],
  ])("%s(%j)", (name, text, amount) => {
    expect(extensionOf(name, text)?.amount).toBe(amount);
  });

  it.each([
    ...["", "1", "1.", ".1", "1.00000", "+1.0", " 1.0", "1.0 ", "1e3", "922337203685477.5808"].map((text) => [
      "decimal",
      text,
    ]),
    ...["", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4/33", "1.2.3.4/032", "1.2.3.4/", "1.2.3.4/8/8"].map((text) => [
      "ip",
      text,
    ]),
    ...["::ffff:1.2.3.4", ":::", "1::2::3", "1:2:3:4:5:6:7", "12345::", "::1/129", "fe80::1%eth0"].map((text) => [
      "ip",
      text,
    ]),
    ...["2024-1-01", "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-01T00:00:00", "20240101"].map((text) => [
      "datetime",
      text,
    ]),
    ...["2024-01-01T24:00:00Z", "2016-12-31T23:59:60Z", "2024-01-01T00:00:00+2400"].map((text) => ["datetime", text]),
    ...["", "-", "1", "1h1d", "1d 1h", "+1d", "9223372036854775808ms", "1.5h"].map((text) => ["duration", text]),
    ...[
      ["toString", "1.0"],
      ["__proto__", "1.0"],
      ["ipaddr", "::1"],
    ],
  ])("but %s(%j) does not", (name = "", text = "") => {
    expect(extensionOf(name, text)).toBeNull();
  });

  it("is written as it is read", () => {
    const names = { decimal: "decimal", datetime: "datetime", duration: "duration" } as const;
    const amounts = fc.bigInt({ min: LONG_MIN, max: LONG_MAX });
    fc.assert(
      fc.property(fc.constantFrom("decimal", "duration"), amounts, (type, amount) => {
        const [, text = ""] = /"(.*)"/.exec(writeExtension(new ExtensionValue(type, amount))) ?? [];
        expect(extensionOf(names[type], text)?.amount).toBe(amount);
      }),
    );
    for (const text of ["10.0.0.0/8", "1.2.3.4", "::", "::1", "1::", "fe80::1:0:0:2/64", "1:2:3:4:5:6:7:8"]) {
      const value = extensionOf("ip", text);
      expect(value && writeExtension(value)).toBe(`ip("${text}")`);
    }
    expect(writeExtension(new ExtensionValue("datetime", 1n))).toBe('datetime("1970-01-01T00:00:00.001Z")');
  });
});

describe("an address", () => {
  const ip = (text: string) => unpackIp(extensionOf("ip", text)?.amount ?? -1n);

  it.each([
    ["10.1.2.3", "10.0.0.0/8", true],
    ["10.0.0.1/24", "10.0.0.2/24", true],
    ["10.0.0.0/7", "10.0.0.0/8", false],
    ["1.2.3.4", "0.0.0.0/0", true],
    ["::1", "::/0", true],
    ["::1", "0.0.0.0/0", false],
    ["1.2.3.4", "::/0", false],
  ])("%s is in %s: %s", (one, other, expected) => {
    expect(isInRange(ip(one), ip(other))).toBe(expected);
  });

  it.each([
    ["127.3.2.1", true, false],
    ["127.0.0.1/8", true, false],
    ["127.0.0.1/7", false, false],
    ["::1", true, false],
    ["::1/127", false, false],
    ["224.0.0.1", false, true],
    ["224.0.0.0/3", false, false],
    ["ff02::1", false, true],
    ["fe80::1", false, false],
  ])("%s: loopback %s, multicast %s", (text, loopback, multicast) => {
    expect([isLoopback(ip(text)), isMulticast(ip(text))]).toEqual([loopback, multicast]);
  });
});

it("a day begins at midnight before 1970 too, and has none before the first instant", () => {
  expect([dateOf(-1n), timeOf(-1n)]).toEqual([-DAY, DAY - 1n]);
  expect([dateOf(DAY), timeOf(DAY)]).toEqual([DAY, 0n]);
  expect(dateOf(LONG_MIN)).toBeNull();
});
