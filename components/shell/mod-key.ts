"use client";

import { useSyncExternalStore } from "react";

/** What this keyboard calls the key that commands begin with. The server does not know it and says what most have. */
export function useModKey(): "⌘" | "Ctrl" {
  return useSyncExternalStore(subscribe, ofThisKeyboard, ofMost);
}

const subscribe = () => () => {};
const ofThisKeyboard = () => (/Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl");
const ofMost = () => "Ctrl" as const;
