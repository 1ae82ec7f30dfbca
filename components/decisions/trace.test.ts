import { expect, it } from "vitest";
import type { TraceLine } from "@/server/policies/test-contract";
import { sortTrace } from "./trace";

type Saw = readonly (readonly [string, string])[];

function line(policy: string, text: string, saw: Saw, outcome: TraceLine["outcome"] = "not satisfied"): TraceLine {
  const seen = saw.map(([expression, value]) => ({ expression, value }));
  return { policy, effect: "permit", outcome, failed: text === "" ? null : { text, saw: seen, message: null } };
}

it("tells the policies that decided from those that came near and those that are about something else", () => {
  const trace = [
    line("people", "principal is User", [["principal", 'Node::"gpu-7"']]),
    line("admins", 'principal is User in Role::"admin"', [["principal", 'Node::"gpu-7"']]),
    line("readers", 'action in [\n  Action::"a"\n]', [["action", 'Action::"b"']]),
    line("here", 'resource == Compute::"gpu-8"', [["resource", 'Compute::"gpu-7"']]),
    line("own", "principal == resource.owner", [
      ["principal", 'Node::"gpu-7"'],
      ["resource.owner", 'Node::"gpu-8"'],
    ]),
    line("eu", 'resource.region like "eu-*"', [["resource.region", '"us"']]),
    line("quarantine", 'principal.hasTag("quarantine")', [["principal", 'Node::"gpu-7"']]),
    line("broken", "principal is User", [["principal", 'Node::"gpu-7"']], "error"),
    line("overruled", "", [], "satisfied"),
    line("yes", "", [], "satisfied"),
  ];
  const { decided, near, elsewhere } = sortTrace(trace, ["yes"]);
  const names = (lines: readonly TraceLine[]) => lines.map(({ policy }) => policy);
  expect(names(decided)).toEqual(["yes"]);
  expect(names(near)).toEqual(["own", "eu", "quarantine", "broken", "overruled"]);
  expect(names(elsewhere)).toEqual(["people", "admins", "readers", "here"]);
});
