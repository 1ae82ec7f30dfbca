/** A grant within this reaches everything there is. */
export const EVERYTHING = "everything";

/** Where a grant reaches, by kind: what is named, or everything that lies within it. */
export type ScopeKind = "everything" | "team" | "pool" | "label" | "object";

/** A scope taken apart. `type` and `id` name a team, a pool or an object; a label has a key and a value. */
export type Scope =
  | { readonly kind: "everything" }
  | { readonly kind: "team" | "pool"; readonly name: string }
  | { readonly kind: "label"; readonly key: string; readonly value: string }
  | { readonly kind: "object"; readonly type: string; readonly id: string };

/** A scope as grants keep it and policies call it: `everything`, `Team::vision`, `label:env=prod`, `Compute::gpu-7`. */
export function writeScope(scope: Scope): string {
  switch (scope.kind) {
    case "everything":
      return EVERYTHING;
    case "team":
      return `Team::${scope.name}`;
    case "pool":
      return `Pool::${scope.name}`;
    case "label":
      return `label:${scope.key}=${scope.value}`;
    case "object":
      return `${scope.type}::${scope.id}`;
  }
}

/** A written scope; null for what is none. */
export function readScope(text: string): Scope | null {
  if (text === EVERYTHING) return { kind: "everything" };
  const label = /^label:([^=]+)=(.*)$/s.exec(text);
  if (label?.[1] !== undefined && label[2] !== undefined) return { kind: "label", key: label[1], value: label[2] };
  const named = /^([A-Za-z_]\w*(?:::[A-Za-z_]\w*)*)::([^:].*|)$/s.exec(text);
  const [, type, id] = named ?? [];
  if (type === undefined || id === undefined || id === "") return null;
  if (type === "Team") return { kind: "team", name: id };
  if (type === "Pool") return { kind: "pool", name: id };
  return { kind: "object", type, id };
}

/** `everything`, `team vision`, `pool eu-a100`, `label env=prod`, `Compute gpu-7` */
export function scopeInWords(text: string): string {
  const scope = readScope(text);
  switch (scope?.kind) {
    case undefined:
      return text;
    case "everything":
      return "everything";
    case "team":
      return `team ${scope.name}`;
    case "pool":
      return `pool ${scope.name}`;
    case "label":
      return `label ${scope.key}=${scope.value}`;
    case "object":
      return `${scope.type} ${scope.id}`;
  }
}
