import type { Mutations } from "./cedar-mutants";

/** Mistakes in how texts are read: policies, patterns, extension values, JSON. */
export const TEXT_MUTATIONS: Mutations = {
  "syntax/parse-expression.ts": [
    ["|| binds tighter than &&", '[["||"], ["&&"],', '[["&&"], ["||"],'],
    ["+ binds tighter than *", '[], ["+", "-"], ["*"]]', '[], ["*"], ["+", "-"]]'],
    [
      "operators associate to the right",
      "const right = tighter();\n      const operatorRange",
      "const right = level === PRODUCT ? tighter() : this.#binary(level);\n      const operatorRange",
    ],
    ["of several signs one counts", "of operators.reverse()) {", "of operators.slice(0, 1)) {"],
    ["the least integer is too great", "this.integer(LONG_MAX + 1n)", "this.integer(LONG_MAX)"],
    [
      "is … in takes only a type",
      'stream.accept("in") ? this.#binary(SUM) : null',
      'stream.accept("in") ? (this.#binary(SUM), null) : null',
    ],
  ],
  "syntax/literals.ts": [
    [
      "a star that is escaped is any text",
      'if (isStar) pieces.push({ text: "*", isStar: false });',
      'if (isStar) pieces.push({ text: "*", isStar: true });',
    ],
    ["escaped characters are rounded", "String.fromCodePoint(code), end", "String.fromCharCode(code), end"],
    ["\\0 is the digit", '"0": "\\0"', '"0": "0"'],
  ],
  "values/like.ts": [
    ["the last piece may overlap others", "return at <= text.length - last.length;", "return true;"],
    ["the last piece is not looked at", " || !text.endsWith(last)", ""],
    ["the first piece is not looked at", " || !text.startsWith(first)", ""],
    ["pieces come in any order", "text.indexOf(piece, at)", "text.indexOf(piece)"],
  ],
  "values/decimal.ts": [
    ["five places are read", "(\\d{1,4})$/", "(\\d{1,5})$/"],
    ["places are tens", 'places.padEnd(4, "0")', 'places.padStart(4, "0")'],
    ["a sign is not read", 'sign === "-" ? -amount : amount', "amount"],
    ["decimals have no end", "signed < LONG_MIN || signed > LONG_MAX ? null : signed", "signed"],
  ],
  "values/datetime.ts": [
    ["offsets go the other way", 'sign === "-" ? -offset : offset', 'sign === "-" ? offset : -offset'],
    ["a minute has 61 seconds", "second > 59", "second > 60"],
    ["days that there are not are read", " || date.getUTCDate() !== day", " && date.getUTCDate() !== day"],
    ["the time before 1970 is negative", "((instant % UNITS.d) + UNITS.d) % UNITS.d", "instant % UNITS.d"],
    [
      "a duration may be nothing",
      "if (!parts || parts.slice(2).every((part) => part === undefined)) return null;",
      "if (!parts) return null;",
    ],
    ["a duration has no sign", 'parts[1] === "-" ? -amount : amount', "amount"],
    ["durations have no end", "signed < LONG_MIN || signed > LONG_MAX ? null : signed", "signed"],
    ["an hour of an offset is a minute", "(offsetHours * 60 + offsetMinutes)", "(offsetHours + offsetMinutes)"],
  ],
  "values/ip.ts": [
    ["a prefix length may begin with 0", "/^(0|[1-9]\\d{0,2})$/.test(length)", "/^\\d{1,3}$/.test(length)"],
    ["an octet may begin with 0", "/^(0|[1-9]\\d{0,2})$/.test(octet)", "/^\\d{1,3}$/.test(octet)"],
    ["an octet may be 256", "Number(octet) < 256", "Number(octet) < 257"],
    ["ranges of both versions meet", "if (one.isV6 !== other.isV6) return false;", ""],
    ["the end of a range is not looked at", "first >= from && last <= to", "first >= from"],
    ["only one address is loopback", 'range("127.0.0.0/8")', 'range("127.0.0.1/32")'],
    ["more than multicast is multicast", 'range("224.0.0.0/4")', 'range("224.0.0.0/3")'],
    ["a prefix length is not looked at", "const first = (address >> free) << free;", "const first = address;"],
  ],
};
