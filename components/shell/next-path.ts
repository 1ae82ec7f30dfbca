/** The parameter of an address that says where to go after signing in. */
export const NEXT_PARAMETER = "next";

/** A place of our own out of an address that anybody may have written; everything else leads to the overview. */
export function safeNextPath(wanted: string | readonly string[] | undefined): string {
  const text = typeof wanted === "string" ? wanted : wanted?.[0];
  if (!text || !/^\/(?![/\\])/.test(text) || text.includes("\\")) return "/";
  const url = new URL(text, "http://console.invalid");
  // `/.//evil.example` is a path of ours to URL, and another host's address to whoever reads what is left of it.
  if (url.origin !== "http://console.invalid" || url.pathname.startsWith("//")) return "/";
  url.searchParams.delete("_rsc");
  if (url.pathname === "/sign-in" || url.pathname.startsWith("/api/")) return "/";
  return `${url.pathname}${url.search}`;
}

/** Where to sign in, and then come back to. */
export function signInHref(path: string): string {
  const next = safeNextPath(path);
  return next === "/" ? "/sign-in" : `/sign-in?${NEXT_PARAMETER}=${encodeURIComponent(next)}`;
}
