import { cookies } from "next/headers";

/** How long a browser keeps a cookie: until a time, or for so many seconds. */
export type CookieLife = { readonly expires: Date } | { readonly maxAge: number };

/** The cookies of one request, and of its answer. Each is `Secure`, `HttpOnly`, `SameSite=Strict`, for `/` of this host alone. */
export interface CookieJar {
  get(name: CookieName): Promise<string | undefined>;
  set(name: CookieName, value: string, life: CookieLife): Promise<void>;
  remove(name: CookieName): Promise<void>;
}

/**
 * Our cookies. `__Host-` makes a browser refuse them without `Secure`, with a `Domain` or with another path. Browsers
 * take loopback for secure, except Safari, which needs `SWARM_CONSOLE_TLS=1`.
 */
export const COOKIES = {
  /** 256 random bits, of which the database has the SHA-256. */
  session: "__Host-swarm.session",
  /** Says that somebody signed in here before, so that guesses from elsewhere do not slow this browser. */
  device: "__Host-swarm.device",
  /** The browser that gave the setup code. */
  setup: "__Host-swarm.setup",
} as const;

export type CookieName = (typeof COOKIES)[keyof typeof COOKIES];

/**
 * `Strict`, because no link from elsewhere has a business with somebody's session here: a click in a mail opens the
 * console signed out and the first click inside it is signed in again.
 */
export const COOKIE_ATTRIBUTES = { httpOnly: true, secure: true, sameSite: "strict", path: "/" } as const;

/** The cookies of the request that Next is answering. Pages may only read them; procedures may write. */
export function nextCookies(): CookieJar {
  return {
    get: async (name) => (await cookies()).get(name)?.value,
    set: async (name, value, life) => {
      (await cookies()).set({ name, value, ...COOKIE_ATTRIBUTES, ...life });
    },
    remove: async (name) => {
      (await cookies()).set({ name, value: "", ...COOKIE_ATTRIBUTES, maxAge: 0 });
    },
  };
}
