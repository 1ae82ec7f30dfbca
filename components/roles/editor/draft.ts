import type { Condition, KnownAction, Permission, PreviewRoleInput, RoleDefinition } from "@/server/roles/contract";
import { actionsNamed } from "../tree";

/** A permission while it is put together: it may name nothing yet. */
export interface PermissionDraft extends Permission {
  /** Tells it from the others while they come and go. */
  readonly key: number;
}

/** What is typed in the editor. */
export interface RoleDraft extends Omit<RoleDefinition, "permissions"> {
  readonly name: string;
  /** The name follows the title until it was typed. */
  readonly isNameTyped: boolean;
  readonly permissions: readonly PermissionDraft[];
  readonly note: string;
}

/** What the editor begins with: an empty role, one to change, or a copy. */
export function draftOf(name: string, definition: RoleDefinition | null): RoleDraft {
  return {
    ...{ name, isNameTyped: name !== "", title: "", description: "", inherits: [], note: "" },
    ...definition,
    permissions: (definition?.permissions ?? []).map((permission, key) => ({ ...permission, key })),
  };
}

/** A copy of a role, under a title and a name of its own. */
export function copyOf(definition: RoleDefinition): RoleDraft {
  const title = `Copy of ${definition.title}`.slice(0, 80);
  return { ...draftOf("", { ...definition, title }), name: nameFrom(title) };
}

/** A name that policies can call a role by, from what people call it: "Night shift (EU)" becomes "night-shift-eu". */
export function nameFrom(title: string): string {
  return title
    .normalize("NFD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 60)
    .replace(/-+$/, "");
}

/** A draft as the definition that would be kept. */
export function definitionOf({ title, description, inherits, permissions }: RoleDraft): RoleDefinition {
  return {
    ...{ title, description, inherits: [...inherits] },
    permissions: permissions.map(({ actions, resourceTypes, conditions }) => ({ actions, resourceTypes, conditions })),
  };
}

/** What can be asked about already: without what is still empty, and under some name. */
export function askable(draft: RoleDraft): PreviewRoleInput {
  const { permissions, ...definition } = definitionOf(draft);
  return {
    ...definition,
    name: /^[a-z][a-z0-9_-]{1,59}$/.test(draft.name) ? draft.name : "new-role",
    title: draft.title.trim().length < 2 ? "New role" : draft.title,
    permissions: permissions
      .filter(({ actions }) => actions.length > 0)
      .map((permission) => ({
        ...permission,
        conditions: permission.conditions.filter((condition) => !isEmpty(condition)),
      })),
  };
}

/** What is still missing in a permission, as a sentence; undefined for nothing. */
export function missingIn({ actions, conditions }: PermissionDraft): string | undefined {
  if (actions.length === 0) return "Choose at least one action, or remove the permission.";
  return conditions.some(isEmpty) ? "A condition names nothing yet. Name something, or remove it." : undefined;
}

/** Whether a condition names nothing: then nothing fits it. */
export function isEmpty(condition: Condition): boolean {
  return condition.on !== "own_team" && condition.any.length === 0;
}

/** The types that some actions are asked on, by name. */
export function typesOf(known: readonly KnownAction[], actions: readonly string[]): string[] {
  return [...new Set(actionsNamed(known, actions).flatMap(({ resourceTypes }) => resourceTypes))].sort();
}

/** A permission with other actions; types that none of them takes are let go. */
export function withActions(
  permission: PermissionDraft,
  actions: readonly string[],
  known: readonly KnownAction[],
): PermissionDraft {
  const types = new Set(typesOf(known, actions));
  return {
    ...permission,
    actions: [...actions],
    resourceTypes: permission.resourceTypes.filter((type) => types.has(type)),
  };
}

/** A draft with one more permission, which names nothing yet. */
export function withPermission(draft: RoleDraft): RoleDraft {
  const key = 1 + Math.max(-1, ...draft.permissions.map((permission) => permission.key));
  return { ...draft, permissions: [...draft.permissions, { key, actions: [], resourceTypes: [], conditions: [] }] };
}
