import type { EntryDraft } from "@/server/kernel/context";

/** An audit entry as its leaf hash covers it. Times are ISO 8601 in UTC with milliseconds; absent means absent. */
export interface AuditEntry {
  readonly version: 1;
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly action: string;
  readonly outcome: "done" | "refused";
  readonly actor: {
    readonly kind: string;
    readonly id: string;
    readonly name: string;
    readonly roles: readonly string[];
    readonly provedBy: readonly string[];
    readonly sessionId?: string;
    readonly certificateSerial?: string;
  };
  readonly origin: { readonly address?: string; readonly userAgent?: string; readonly requestId: string };
  readonly object: { readonly type: string; readonly id: string; readonly name?: string };
  readonly policyVersion: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** The entry of a draft. */
export function entryOf(draft: EntryDraft): AuditEntry {
  const { actor, origin, event, object } = draft;
  return {
    version: 1,
    id: draft.id,
    at: draft.at.toISOString(),
    kind: event.kind,
    action: draft.action,
    outcome: draft.outcome,
    actor: {
      kind: actor.kind,
      id: actor.id,
      name: actor.name,
      roles: actor.roles,
      provedBy: actor.provedBy,
      ...(actor.sessionId && { sessionId: actor.sessionId }),
      ...(actor.certificateSerial && { certificateSerial: actor.certificateSerial }),
    },
    origin: {
      requestId: origin.requestId,
      ...(origin.address && { address: origin.address }),
      ...(origin.userAgent && { userAgent: origin.userAgent }),
    },
    object: { type: object.type, id: object.id, ...(object.name && { name: object.name }) },
    policyVersion: draft.policyVersion,
    ...(event.detail && { detail: event.detail }),
    ...(event.before && { before: event.before }),
    ...(event.after && { after: event.after }),
  };
}
