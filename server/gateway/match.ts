import type { Route } from "./exchange";
import { HttpRefusal } from "./problem";

/** A route that fits, and the variable parts of its path. */
export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a request; made once from the table. */
export type Matcher = (method: string, path: string) => Match;

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});

/**
 * Makes the matcher of a table of routes. HEAD is answered wherever GET is.
 *
 * The matcher throws {HttpRefusal} 404 for an unknown path and 405, with `Allow`, for a known path and another method.
 */
export function matcherOf(routes: readonly Route[]): Matcher {
  const fixed = new Map<string, Route[]>();
  const variable: { pattern: RegExp; route: Route }[] = [];
  for (const route of routes) {
    if (route.path.includes("{")) variable.push({ pattern: patternOf(route.path), route });
    else fixed.set(route.path, [...(fixed.get(route.path) ?? []), route]);
  }

  return (method, path) => {
    const wanted = method === "HEAD" ? "GET" : method;
    const here: Match[] = (fixed.get(path) ?? []).map((route) => ({ route, params: NO_PARAMS }));
    if (here.length === 0) {
      for (const { pattern, route } of variable) {
        const groups = pattern.exec(path)?.groups;
        if (groups) here.push({ route, params: groups });
      }
    }
    const match = here.find(({ route }) => route.method === wanted);
    if (match) return match;
    if (here.length === 0) throw new HttpRefusal(404, "gateway.unknown_path", "there is nothing at this path");
    const allowed = allowOf(here.map(({ route }) => route));
    throw new HttpRefusal(405, "gateway.method_not_allowed", `this path takes ${allowed}`, { allow: allowed });
  };
}

function patternOf(path: string): RegExp {
  const source = path
    .split(/(\{[a-z]+\})/)
    .map((part) => (part.startsWith("{") ? `(?<${part.slice(1, -1)}>[a-z0-9-]{1,64})` : part.replaceAll(".", "\\.")))
    .join("");
  return new RegExp(`^${source}$`);
}

function allowOf(routes: readonly Route[]): string {
  const methods = new Set<string>(routes.map((route) => route.method));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods].sort().join(", ");
}
