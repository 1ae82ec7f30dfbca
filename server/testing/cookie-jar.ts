import type { CookieJar, CookieLife, CookieName } from "@/server/api/cookies";

/** The cookies of one browser, in memory. */
export interface KeptCookies extends CookieJar {
  readonly kept: ReadonlyMap<CookieName, { readonly value: string; readonly life: CookieLife }>;
}

export function cookieJar(): KeptCookies {
  const kept = new Map<CookieName, { value: string; life: CookieLife }>();
  return {
    kept,
    get: async (name) => kept.get(name)?.value,
    set: async (name, value, life) => {
      kept.set(name, { value, life });
    },
    remove: async (name) => {
      kept.delete(name);
    },
  };
}
