import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "@/server/console/content-security-policy";

/**
 * Gives every page a content security policy with a nonce of its own. Nothing is authorized here: that happens in the
 * verbs, whatever way a request came.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString("base64");
  const policy = contentSecurityPolicy(nonce, { isDevelopment: process.env.NODE_ENV === "development" });

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-swarm-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = { matcher: "/((?!_next/static/).*)" };
