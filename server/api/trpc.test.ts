import { TRPCError } from "@trpc/server";
import { expect, it } from "vitest";
import { Missing, TooManyRefusals } from "@/server/kernel/errors";
import { headersOf } from "./trpc";

const failed = (cause: Error) => new TRPCError({ code: "BAD_REQUEST", cause });

it.each([
  ["nothing failed", [], undefined],
  ["what failed will not pass", [failed(new Missing("node", "gpu-7")), failed(new Error("a bug"))], undefined],
  ["it was too much", [failed(new Missing("node", "gpu-7")), failed(new TooManyRefusals(9_001))], "10"],
  ["it was too much twice", [failed(new TooManyRefusals(30_000)), failed(new TooManyRefusals(9_000))], "30"],
])("says when to ask again if %s", (_, errors, retryAfter) => {
  expect(headersOf(errors)).toEqual({
    "cache-control": "no-store",
    ...(retryAfter !== undefined && { "retry-after": retryAfter }),
  });
});
