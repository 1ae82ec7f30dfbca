import type { Context, ReadDatabase } from "@/server/kernel/context";
import { Missing } from "@/server/kernel/errors";
import { authorize, commit } from "@/server/kernel/permit";
import { sha256 } from "./digest";
import { enrollCommand } from "./enroll-command";
import { IdentityNotActive, JoinTokenNotOpen, RequestRefused } from "./errors";
import { groundOf } from "./ground";
import { assertNotOurName } from "./listener-names";
import type {
  CreatedJoinToken,
  CreateJoinTokenInput,
  JoinToken,
  JoinTokenInput,
  JoinTokenPage,
  ListJoinTokensInput,
} from "./join-token-contract";
import {
  countJoinTokens,
  findJoinToken,
  insertJoinToken,
  joinTokenOf,
  type JoinTokenRow,
  markJoinTokenRevoked,
  pageOfJoinTokens,
} from "./join-token-store";

/** What every join token begins with, so that scanners for leaked secrets can know it. */
export const TOKEN_PREFIX = "swj_";

const MINUTE = 60_000;

/**
 * Makes a join token: 256 random bits, kept as a hash, good for one enrolment of one kind, name and profile. The secret
 * is in the answer, this once.
 */
export async function createJoinToken(ctx: Context, input: CreateJoinTokenInput): Promise<CreatedJoinToken> {
  const { kind, name } = input;
  const { profile, trustDomain } = await groundOf(ctx, input.profile ?? kind);
  const identity = await ctx.findIdentityByName(ctx.read, kind, name);
  const permit = await authorize(ctx, "join_token.create", {
    ...{ type: "JoinToken", id: "*", name, kind },
    ownerId: identity?.id ?? null,
    teamId: identity?.teamId ?? null,
  });
  if (profile.kind !== kind) throw new RequestRefused([wrongKind(profile, kind)]);
  if (!identity) await ctx.assertMachineName(ctx.read, kind, name);
  assertNotOurName(ctx, kind, name, trustDomain);
  if (identity && identity.state !== "active") throw new IdentityNotActive(kind, name, identity.state);

  const token = `${TOKEN_PREFIX}${Buffer.from(ctx.random(32)).toString("base64url")}`;
  const at = ctx.now();
  const row = {
    id: ctx.newId("jtk"),
    kind,
    name,
    profile_id: profile.id,
    created_at: at.getTime(),
    created_by: ctx.actor.id,
    created_by_name: ctx.actor.name,
    expires_at: at.getTime() + (input.ttlMinutes ?? 15) * MINUTE,
  };
  const shown = joinTokenOf(
    { ...row, profile_name: profile.name, used_at: null, used_from: null, used_for_serial: null, revoked_at: null },
    at,
  );

  return commit(permit, async (tx) => {
    insertJoinToken(tx, row, hashOfToken(token));
    return {
      value: { ...shown, token, enrollCommand: enrollCommand(ctx, name, token) },
      event: {
        kind: "join_token.created",
        object: { type: "JoinToken", id: row.id, name },
        detail: { kind, name, profile: profile.name, expiresAt: shown.expiresAt.toISOString() },
      },
    };
  });
}

/** Join tokens without their secrets, the newest first. */
export async function listJoinTokens(ctx: Context, input: ListJoinTokensInput): Promise<JoinTokenPage> {
  await authorize(ctx, "join_token.list", { type: "JoinToken", id: "*" });
  const now = ctx.now();
  const limit = input.limit ?? 100;
  const rows = pageOfJoinTokens(ctx.read, { state: input.state, after: input.after, limit: limit + 1 }, now);
  const items = await Promise.all(rows.slice(0, limit).map((row) => listedTokenOf(ctx, row, now)));
  return {
    items,
    next: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
    counts: countJoinTokens(ctx.read, now),
  };
}

async function listedTokenOf(ctx: Context, row: JoinTokenRow, now: Date): Promise<JoinToken> {
  const token = joinTokenOf(row, now);
  if (token.state !== "open") return token;
  return { ...token, refusedBecause: await whyMakerIsNotActive(ctx, ctx.read, row) };
}

/**
 * A token speaks for whoever made it, and they must still be let in. Identities are never deleted: a maker without one
 * is an operator at the terminal. Answers why not, in words.
 */
export async function whyMakerIsNotActive(
  ctx: Context,
  db: ReadDatabase,
  { created_by, created_by_name }: Pick<JoinTokenRow, "created_by" | "created_by_name">,
): Promise<string | null> {
  const maker = await ctx.findIdentity(db, created_by);
  return maker && maker.state !== "active" ? `${created_by_name} is ${maker.state}` : null;
}

/** Revokes an open join token. @throws {Missing} @throws {JoinTokenNotOpen} */
export async function revokeJoinToken(ctx: Context, input: JoinTokenInput): Promise<JoinToken> {
  const row = findJoinToken(ctx.read, input.id);
  if (!row) throw new Missing("join token", input.id);
  const identity = await ctx.findIdentityByName(ctx.read, row.kind, row.name);
  const permit = await authorize(ctx, "join_token.revoke", {
    ...{ type: "JoinToken", id: row.id, name: row.name, kind: row.kind },
    ownerId: identity?.id ?? null,
    teamId: identity?.teamId ?? null,
  });
  const at = ctx.now();
  const { state } = joinTokenOf(row, at);
  if (state !== "open") throw new JoinTokenNotOpen(state);

  return commit(permit, async (tx) => {
    if (!markJoinTokenRevoked(tx, row.id, at)) throw new JoinTokenNotOpen("used");
    return {
      value: joinTokenOf({ ...row, revoked_at: at.getTime() }, at),
      event: {
        kind: "join_token.revoked",
        object: { type: "JoinToken", id: row.id, name: row.name },
        detail: { kind: row.kind, name: row.name },
      },
    };
  });
}

/** What is kept of a token: SHA-256 over its text, so that only this very spelling of it counts. */
export function hashOfToken(token: string): Uint8Array {
  return sha256(Buffer.from(token));
}

function wrongKind(profile: { name: string; kind: string }, kind: string) {
  return {
    code: "profile.kind",
    rule: null,
    about: profile.name,
    message: `profile ${profile.name} is for a ${profile.kind}, not for a ${kind}`,
  };
}
