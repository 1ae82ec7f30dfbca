import { describe, expect, it } from "vitest";
import type { AuthoritySummary, CrlState } from "@/server/certificates/authority-contract";
import { nowLine, protectionWords } from "./words";

const at = new Date(0);
const crl = (state: CrlState["state"]): CrlState => ({
  ...{ number: 1, thisUpdate: at, nextUpdate: at, entryCount: 0, sizeBytes: 1, url: "" },
  state,
});
const authority = (changes: Partial<AuthoritySummary>): AuthoritySummary => ({
  ...{ id: "aut_1", slug: "root", name: "Root CA", role: "root", parentId: null, subject: "", serial: "" },
  ...{ fingerprint: "", keyAlgorithm: "P-384", notBefore: at, notAfter: at, pathLength: 1, status: "valid" },
  ...{ crl: crl("fresh"), counts: { issued: 0, valid: 0, revoked: 0 } },
  ...changes,
});

describe("the words of authorities", () => {
  it.each([
    [[authority({})], "Every authority is valid and every revocation list fresh."],
    [
      [authority({ crl: crl("late") }), authority({ crl: null })],
      "2 revocation lists are late; whoever checks them may refuse everything.",
    ],
    [[authority({ status: "expired" })], "1 authority has ended and can sign nothing."],
    [[authority({ crl: crl("due") })], "Every authority is valid and every revocation list fresh."],
  ])("say what needs a person", (authorities, line) => {
    expect(nowLine({ authorities })).toBe(line);
  });

  it("warn of a master key beside the database alone", () => {
    expect(protectionWords({ master: "file", besideDatabase: true }).tone).toBe("warn");
    expect(protectionWords({ master: "file", besideDatabase: false }).tone).toBe("ok");
    expect(protectionWords({ master: "passphrase", besideDatabase: false }).tone).toBe("ok");
  });
});
