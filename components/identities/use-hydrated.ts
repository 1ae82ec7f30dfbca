"use client";

import { useSyncExternalStore } from "react";

/** Whether the page reacts already: a form that is sent before would leave it. */
export function useHydrated(): boolean {
  return useSyncExternalStore(subscribe, isHere, isNotHere);
}

const subscribe = () => () => {};
const isHere = () => true;
const isNotHere = () => false;
