import { z } from "zod";
import { RevocationReason } from "@/server/certificates/contract";
import { HttpRefusal } from "./problem";

/** The body of `POST /v1/revoke`: why, which may be left out. */
export const RevokeOwnInput = z.object({ reason: RevocationReason.optional() });

/**
 * Checks a body against the contract of its verb.
 *
 * @throws {HttpRefusal} 400 naming the first fields that do not fit; never their values, which may be secret.
 */
export function parseInput<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 3).map((issue) => {
    const field = issue.path.slice(0, 4).map(String).join(".").slice(0, 80) || "the body";
    return `${field}: ${inWords(issue)}`;
  });
  throw new HttpRefusal(400, "gateway.body_invalid", problems.join("; "));
}

function inWords(issue: z.core.$ZodIssue): string {
  const message = issue.message.replace(/^Invalid input: /, "");
  return `${message.charAt(0).toLowerCase()}${message.slice(1, 200)}`;
}
