import "server-only";
import { TRPCError } from "@trpc/server";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { ButtonLink } from "@/components/ui/button-link";
import { RefusedState } from "@/components/ui/state";
import { serverCaller } from "@/server/api/caller";
import type { Account, IdentitySummary } from "@/server/identities/contract";
import type { Permissions } from "@/server/roles/contract";
import { signInHref } from "./next-path";
import { refusalWords } from "./refusal";

/** Every procedure, with the permissions of the person who asks for the page. */
export type Caller = Awaited<ReturnType<typeof serverCaller>>;

/** Why a page could not be read: the action that is not allowed, and the rule's reason in words. */
export interface Refusal {
  readonly action: string;
  readonly reason: string;
}

/** What a page read, or why it may not. */
export type PageRead<T> =
  | { readonly value: T; readonly refused?: undefined }
  | { readonly value?: undefined; readonly refused: Refusal };

/** Whether the request carries a session in force, for the pages before the sign-in. */
export async function isSignedIn(): Promise<boolean> {
  return (await ownAccount()) !== undefined;
}

const ownAccount = cache(async (): Promise<Account | undefined> => {
  const caller = await serverCaller();
  try {
    return await caller.account.read();
  } catch (error) {
    if (error instanceof TRPCError && (error.code === "UNAUTHORIZED" || error.code === "FORBIDDEN")) return undefined;
    throw error;
  }
});

/** Who is signed in; otherwise leads to the sign-in, or to the setup while there is none. Once a request. */
export const currentAccount = cache(async (): Promise<Account> => {
  const account = await ownAccount();
  if (account) return account;
  const caller = await serverCaller();
  const { step } = await caller.setup.read();
  redirect(step === "done" ? signInHref(await currentPath()) : "/setup");
});

/** What the person may not do, by action, and why. Once a request. Screens use it to disable; verbs ask again. */
export const currentPermissions = cache(async (): Promise<Permissions> => {
  await currentAccount();
  const caller = await serverCaller();
  return caller.roles.permissions();
});

/**
 * Reads what a page shows. Signed out leads to the sign-in, what is missing to the page that says so, and a refusal is
 * answered for `Refused` to show. Whatever else fails goes to `error.tsx`.
 */
export async function readPage<T>(read: (caller: Caller) => Promise<T>): Promise<PageRead<T>> {
  await currentAccount();
  try {
    return { value: await read(await serverCaller()) };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    if (error.code === "NOT_FOUND") notFound();
    if (error.code !== "FORBIDDEN") throw error;
    const cause = RefusalCause.safeParse(error.cause);
    return { refused: cause.success ? cause.data.facts : { action: "", reason: error.message } };
  }
}

const RefusalCause = z.object({ facts: z.object({ action: z.string(), reason: z.string() }) });

/** The face of a refused page: the rule, the reason, whom to ask. `doing` goes on after "You may not". */
export async function Refused({ refused, doing }: { readonly refused: Refusal; readonly doing: string }) {
  const admins = await readAdmins();
  const { because, ask } = refusalWords(
    refused.reason,
    admins.map(({ displayName }) => displayName),
  );
  const [first] = admins;
  return (
    <RefusedState
      level={1}
      title={`You may not ${doing}`}
      actions={
        first?.email && (
          <ButtonLink isExternal icon="mail" href={mailHref(first.email, doing)}>
            Write to {first.displayName}
          </ButtonLink>
        )
      }
    >
      <p>{because}</p>
      <p>{ask}</p>
      {refused.action && (
        <p className="x3 t12">
          Asked for: <span className="mono">{refused.action}</span>. The audit log has this refusal.
        </p>
      )}
    </RefusedState>
  );
}

function mailHref(email: string, doing: string): string {
  return `mailto:${email}?subject=${encodeURIComponent(`Swarm: may I ${doing}?`)}`;
}

/** Whom to ask: the first active security admins, as far as the person may see them. */
async function readAdmins(): Promise<IdentitySummary[]> {
  const permissions = await currentPermissions();
  if (permissions["identity.list"] !== null) return [];
  const caller = await serverCaller();
  const { items } = await caller.identities.list({ kind: "user", state: "active" });
  return items.filter(({ roles }) => roles.includes("admin")).slice(0, 3);
}

/** The address of the page that is asked for; `proxy.ts` writes the header. */
async function currentPath(): Promise<string> {
  return (await headers()).get("x-swarm-path") ?? "/";
}
