import { STATUS_CODES } from "node:http";
import { DomainError, HTTP_STATUS, retryAfterOf } from "@/server/kernel/errors";

/** What every refusal looks like on the wire (RFC 9457, 3.1): `application/problem+json` with our stable `code`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
}

/** A refusal by HTTP itself, before any verb was asked: wrong path, method, type or size. */
export class HttpRefusal extends Error {
  override readonly name = "HttpRefusal";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** What a thrown value becomes for the caller, and whether it was a bug of ours that must be logged. */
export interface Refusal {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  readonly isBug: boolean;
}

/** Translates whatever was thrown. Only a `DomainError` or an `HttpRefusal` says more than "internal error". */
export function refusalOf(error: unknown, requestId: string): Refusal {
  if (error instanceof HttpRefusal) {
    const problem = problemOf(error.status, error.code, error.message, requestId);
    return { problem, headers: error.headers, isBug: false };
  }
  if (error instanceof DomainError) {
    const status = HTTP_STATUS[error.fault];
    return {
      problem: problemOf(status, error.code, error.message, requestId),
      headers: headersOf(error),
      // What is behind it is for those who run this.
      isBug: error.cause !== undefined,
    };
  }
  return { problem: problemOf(500, "gateway.internal", "internal error", requestId), headers: {}, isBug: true };
}

/** Puts a problem together; `type` is a URN of ours, `title` the status in words. */
export function problemOf(status: number, code: string, detail: string, requestId: string): Problem {
  const title = STATUS_CODES[status] ?? "Refused";
  return { type: `urn:swarm:problem:${code}`, title, status, detail, code, requestId };
}

/** RFC 9110, 11.6.1 wants a challenge with a 401, and 10.2.3 a time with what will pass. */
function headersOf(error: DomainError): Record<string, string> {
  if (error.fault === "unauthenticated") return { "www-authenticate": "ClientCertificate" };
  const retryAfter = retryAfterOf(error);
  return retryAfter === undefined ? {} : { "retry-after": retryAfter };
}
