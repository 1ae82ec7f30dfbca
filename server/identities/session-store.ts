import { and, count, desc, eq, gt, isNull, lte, ne } from "drizzle-orm";
import { identities, sessions } from "@/drizzle/schema";
import type { ReadDatabase, Transaction } from "@/server/kernel/context";
import type { IdentityState } from "./contract";
import { SESSION_IDLE_MS } from "./model";

/** A session with the person it belongs to. */
export interface SessionRow {
  readonly id: string;
  readonly identityId: string;
  readonly provedBy: readonly string[];
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly isKnownDevice: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly displayName: string;
  readonly email: string | null;
  readonly state: IdentityState;
  readonly teamId: string | null;
}

const columns = {
  id: sessions.id,
  identityId: sessions.identityId,
  provedBy: sessions.provedBy,
  address: sessions.address,
  userAgent: sessions.userAgent,
  isKnownDevice: sessions.isKnownDevice,
  createdAt: sessions.createdAt,
  lastUsedAt: sessions.lastUsedAt,
  expiresAt: sessions.expiresAt,
  endedAt: sessions.endedAt,
  displayName: identities.displayName,
  email: identities.email,
  state: identities.state,
  teamId: identities.teamId,
};

function selectSessions(db: ReadDatabase) {
  return db.select(columns).from(sessions).innerJoin(identities, eq(identities.id, sessions.identityId)).$dynamic();
}

export async function findSession(db: ReadDatabase, id: string): Promise<SessionRow | undefined> {
  const [row] = await selectSessions(db).where(eq(sessions.id, id));
  return row;
}

/** A session by the SHA-256 of its token. */
export async function findSessionByHash(db: ReadDatabase, tokenHash: Buffer): Promise<SessionRow | undefined> {
  const [row] = await selectSessions(db).where(eq(sessions.tokenHash, tokenHash));
  return row;
}

/** Open sessions, the last used first. */
export async function listOpenSessions(db: ReadDatabase, identityId: string, now: Date): Promise<SessionRow[]> {
  return selectSessions(db)
    .where(and(eq(sessions.identityId, identityId), isOpen(now)))
    .orderBy(desc(sessions.lastUsedAt), desc(sessions.id));
}

/** A session that begins. */
export interface NewSession {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly identityId: string;
  readonly provedBy: readonly string[];
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly isKnownDevice: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export async function insertSession(tx: Transaction, session: NewSession): Promise<void> {
  await tx.insert(sessions).values({ ...session, provedBy: [...session.provedBy], lastUsedAt: session.createdAt });
}

/** Why and by whom sessions end. */
export interface Ending {
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
}

export async function markSessionEnded(tx: Transaction, id: string, ending: Ending): Promise<void> {
  await tx
    .update(sessions)
    .set({ endedAt: ending.at, endedBy: ending.by, endReason: ending.reason })
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt)));
}

/** Ends every open session of an identity, one excepted if said so; answers their ids. */
export async function markSessionsEnded(
  tx: Transaction,
  identityId: string,
  ending: Ending,
  except?: string,
): Promise<string[]> {
  const rows = await tx
    .update(sessions)
    .set({ endedAt: ending.at, endedBy: ending.by, endReason: ending.reason })
    .where(
      and(
        eq(sessions.identityId, identityId),
        isOpen(ending.at),
        except === undefined ? undefined : ne(sessions.id, except),
      ),
    )
    .returning({ id: sessions.id });
  return rows.map((row) => row.id);
}

/** Notes that a session, and the person with it, was just seen. */
export async function markSessionUsed(
  tx: Pick<Transaction, "update">,
  session: { readonly id: string; readonly identityId: string },
  at: Date,
  address: string | null,
): Promise<void> {
  await tx.update(sessions).set({ lastUsedAt: at }).where(eq(sessions.id, session.id));
  await tx
    .update(identities)
    .set({ lastSeenAt: at, lastSeenAddress: address })
    .where(eq(identities.id, session.identityId));
}

/** How many sessions reached their limit before a time. */
export async function countOldSessions(db: ReadDatabase, before: Date): Promise<number> {
  const [row] = await db.select({ count: count() }).from(sessions).where(lte(sessions.expiresAt, before));
  return row?.count ?? 0;
}

/** Deletes sessions that reached their limit before a time; the log keeps what they were. */
export async function deleteOldSessions(tx: Transaction, before: Date): Promise<void> {
  await tx.delete(sessions).where(lte(sessions.expiresAt, before));
}

function isOpen(now: Date) {
  return and(
    isNull(sessions.endedAt),
    gt(sessions.expiresAt, now),
    gt(sessions.lastUsedAt, new Date(now.getTime() - SESSION_IDLE_MS)),
  );
}
