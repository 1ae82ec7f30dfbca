import { describe, expect, it } from "vitest";
import { deviceWords } from "./device-words";
import {
  bareCode,
  base32Of,
  displayNameOf,
  inGroups,
  isSessionOpen,
  oneMoreFailure,
  spiffeIdOf,
  userNameOf,
  waitAfter,
} from "./model";
import { passwordProblem } from "./password-rules";

describe("slowing down", () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 4],
    [8, 8],
    [10, 32],
    [14, 512],
    [15, 900],
    [16, 900],
    [1000, 900],
  ])("after %i failures the next attempt waits %i s", (failures, seconds) => {
    expect(waitAfter(failures, 5)).toBe(seconds * 1000);
  });

  it("forgets failures after a quiet day", () => {
    const lastAt = new Date("2026-03-12T00:00:00Z");
    const later = (ms: number) => new Date(lastAt.getTime() + ms);
    expect(oneMoreFailure(undefined, lastAt)).toBe(1);
    expect(oneMoreFailure({ failures: 7, lastAt }, later(24 * 3600_000 - 1))).toBe(8);
    expect(oneMoreFailure({ failures: 7, lastAt }, later(24 * 3600_000))).toBe(1);
  });
});

describe("names", () => {
  it.each([
    ["priya@swarm.local", "priya", "Priya"],
    ["Priya.Nair+ops@swarm.local", "priya.nair-ops", "Priya Nair Ops"],
    ["..odd..@swarm.local", "odd", "Odd"],
    ["_@swarm.local", "user", "_@swarm.local"],
    ["josé@swarm.local", "jose", "José"],
    [`${"x".repeat(64)}@swarm.local`, "x".repeat(56), `X${"x".repeat(63)}`],
  ])("of %s are %s and %s", (email, name, displayName) => {
    expect(userNameOf(email)).toBe(name);
    expect(displayNameOf(email)).toBe(displayName);
  });

  it("become SPIFFE IDs", () => {
    expect(spiffeIdOf("swarm.local", { kind: "node", name: "gpu-7" })).toBe("spiffe://swarm.local/node/gpu-7");
  });
});

describe("codes", () => {
  it("are read however people type them", () => {
    for (const typed of ["k3qx-0d1m", "K3QX 0D1M", " k3qx0d1m ", "k3qxOdlm", "k3qx-odIm"]) {
      expect(bareCode(typed)).toBe("k3qx0d1m");
    }
  });

  it("carry five bits a character", () => {
    expect(base32Of(Uint8Array.of(0, 0, 0, 0, 0))).toBe("00000000");
    expect(base32Of(Uint8Array.of(255, 255, 255, 255, 255))).toBe("zzzzzzzz");
    expect(base32Of(Uint8Array.of(0x08, 0x86, 0x42, 0x98, 0xe8))).toBe("12345678");
    expect(inGroups("abcdefghij")).toBe("abcd-efgh-ij");
  });
});

describe("passwords", () => {
  const around = { email: "mara.lindqvist@swarm.local", displayName: "Mara Lindqvist", organisation: "Northern Swarm" };
  it.each([
    ["short pass1", "too_short"],
    ["🐝🐝🐝🐝🐝🐝", "too_short"],
    ["é".repeat(513), "too_long"],
    ["aaaaaaaaaaaa", "repetitive"],
    ["abc1abc1abc1", "repetitive"],
    ["012345678901", "repetitive"],
    ["qwertyuiopas", "repetitive"],
    ["Mara.Lindqvist@swarm.local", "personal"],
    ["mara lindqvist", "personal"],
    ["Northern-Swarm1!", "personal"],
    ["Password12345", "common"],
    ["correct horse battery staple", "common"],
    ["Administrator1", "common"],
  ])("%s is refused: %s", (password, problem) => {
    expect(passwordProblem(password, around)?.problem).toBe(problem);
  });

  it.each(["plum orbit lantern", "tQ9#vLw2!xZp", "ein Satz, den niemand errät", "蜂の巣を守る十二文字以上です"])(
    "%s is accepted",
    (password) => {
      expect(passwordProblem(password, around)).toBeUndefined();
    },
  );

  it("may not stay the same", () => {
    const previous = "plum orbit lantern";
    expect(passwordProblem(previous, { ...around, previous })?.problem).toBe("unchanged");
  });
});

describe("sessions", () => {
  const at = (time: string) => new Date(`2026-03-12T${time}Z`);
  const session = { lastUsedAt: at("08:00:00"), expiresAt: at("20:00:00"), endedAt: null };
  it.each([
    ["just used", session, "08:00:00", true],
    ["idle for 59 min 59 s", session, "08:59:59", true],
    ["idle for an hour", session, "09:00:00", false],
    ["used, but at its limit", { ...session, lastUsedAt: at("19:59:00") }, "20:00:00", false],
    ["ended", { ...session, endedAt: at("08:00:00") }, "08:00:00", false],
  ])("one that is %s", (_words, facts, time, isOpen) => {
    expect(isSessionOpen(facts, at(time))).toBe(isOpen);
  });
});

describe("devices in words", () => {
  it.each([
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
    ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge on Windows"],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
      "Safari on macOS",
    ],
    ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari on iPhone"],
    ["curl/8.5.0", "curl"],
    ["", "Unknown device"],
    [null, "Unknown device"],
  ])("%s", (userAgent, words) => {
    expect(deviceWords(userAgent)).toBe(words);
  });
});
