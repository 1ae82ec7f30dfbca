import type { Separation } from "@/server/roles/contract";

/** A role as a choice. */
export interface RoleChoice {
  readonly name: string;
  readonly detail: string;
}

/** What each kind of separation means. */
export const KIND_WORDS: Readonly<Record<Separation["kind"], { readonly word: string; readonly detail: string }>> = {
  static: {
    word: "Never together",
    detail: "Nobody is given them together, not even for different times.",
  },
  dynamic: {
    word: "Never active together",
    detail: "Somebody may be eligible for both, and have one of them in force at a time.",
  },
};
