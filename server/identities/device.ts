import { createHmac, timingSafeEqual } from "node:crypto";
import type { Context } from "@/server/kernel/context";

/**
 * Makes what a browser keeps after somebody signed in there, `<nonce>.<HMAC>`. It opens nothing: it only says that
 * guesses of strangers at this account are not counted against this browser.
 */
export function makeDevice(ctx: Context, identityId: string): string {
  const nonce = Buffer.from(ctx.random(16)).toString("base64url");
  return `${nonce}.${macOf(ctx, identityId, nonce).toString("base64url")}`;
}

/** The name of a browser that signed in to this identity before; undefined when the value was not made by us for it. */
export function deviceOf(ctx: Context, identityId: string, value: string | undefined): string | undefined {
  const [nonce, mac, ...rest] = value?.split(".") ?? [];
  if (!nonce || !mac || rest.length > 0) return undefined;
  const given = Buffer.from(mac, "base64url");
  const made = macOf(ctx, identityId, nonce);
  return given.length === made.length && timingSafeEqual(given, made) ? nonce : undefined;
}

function macOf(ctx: Context, identityId: string, nonce: string): Buffer {
  return createHmac("sha256", ctx.deriveSecret("signed-in devices")).update(`${identityId}:${nonce}`).digest();
}
