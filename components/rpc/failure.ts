import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "@/server/api/root";

/** A refusal or a failure, as screens show it. */
export interface Failure {
  /** Stable; `"network"` when nothing was answered. */
  readonly code: string;
  /** A sentence: capital letter, full stop. */
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What to show of something that a procedure threw. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof TRPCClientError)) {
    return {
      code: "network",
      message: sentence(error instanceof Error ? error.message : "something failed"),
      facts: {},
    };
  }
  const { data, message } = error as TRPCClientError<AppRouter>;
  if (!data)
    return { code: "network", message: "The console did not answer. Nothing was changed; try again.", facts: {} };
  return {
    code: data.shown.code,
    message: sentence(data.shown.code === "request.invalid" ? issueOf(message) : message),
    facts: data.shown.facts,
  };
}

/** Input that does not fit its contract comes as a list of issues: say the first. */
function issueOf(message: string): string {
  try {
    const [issue] = JSON.parse(message) as { path?: (string | number)[]; message?: string }[];
    const field = issue?.path?.join(".");
    return issue?.message ? (field ? `${field}: ${issue.message}` : issue.message) : message;
  } catch {
    return message;
  }
}

/** Message of a procedure as a sentence: capital letter, full stop. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const end = /[.!?]$/.test(trimmed) ? "" : ".";
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${end}`;
}
