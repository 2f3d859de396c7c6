import type { Method, Route } from "./route.ts";

/** What a path leads to. */
export type Match =
  | { kind: "route"; route: Route; params: Record<string, string> }
  | { kind: "wrong_method"; allow: Method[] }
  | { kind: "none" };

interface Pattern {
  route: Route;
  parts: string[];
}

/** Finds routes by method and path. */
export interface Router {
  match(method: string, path: string): Match;
}

/** Builds a router; two routes with the same method and path are a fault. */
export function createRouter(routes: readonly Route[], prefix: string): Router {
  const fixed = new Map<string, Route>();
  const patterns: Pattern[] = [];
  for (const route of routes) {
    const path = route.path.replace(/^\/v1(?=\/|$)/, () => prefix);
    if (/[:*]/.test(path)) patterns.push({ route, parts: path.split("/") });
    else if (fixed.has(`${route.method} ${path}`)) throw new Error(`two routes for ${route.method} ${path}`);
    else fixed.set(`${route.method} ${path}`, route);
  }
  const find = (method: string, path: string): Match | undefined => {
    const route = fixed.get(`${method} ${path}`);
    if (route) return { kind: "route", route, params: {} };
    for (const pattern of patterns) {
      const params = pattern.route.method === method ? matchParts(pattern.parts, path.split("/")) : undefined;
      if (params) return { kind: "route", route: pattern.route, params };
    }
    return undefined;
  };
  return {
    match(method, path) {
      const found = find(method === "HEAD" ? "GET" : method, path);
      if (found) return found;
      const allow = (["GET", "POST", "PUT", "DELETE"] as const).filter((other) => find(other, path));
      return allow.length > 0 ? { kind: "wrong_method", allow } : { kind: "none" };
    },
  };
}

function matchParts(parts: string[], path: string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    if (part === "*") {
      params.rest = path.slice(i).join("/");
      return params;
    }
    const value = path[i];
    if (value === undefined) return undefined;
    if (!part.startsWith(":")) {
      if (part !== value) return undefined;
      continue;
    }
    const decoded = decode(value);
    if (!decoded) return undefined;
    params[part.slice(1)] = decoded;
  }
  return parts.length === path.length ? params : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // a broken % sequence names nothing
  }
}
