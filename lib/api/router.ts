import type { Operation } from "#lib/api/operation.ts";

/** What a path leads to: an operation with its path parameters, or the verbs the path does take, or nothing. */
export type Route =
  | { kind: "found"; operation: Operation; params: Record<string, string> }
  | { kind: "other_method"; allowed: string[] }
  | { kind: "unknown" };

interface Entry {
  operation: Operation;
  segments: string[];
}

/** Compiles the registry's paths once; finds the operation of a verb and a path below /api/v1. */
export function router(operations: readonly Operation[]): (method: string, path: string) => Route {
  const byLength = new Map<number, Entry[]>();
  for (const operation of operations) {
    const segments = operation.path.split("/");
    byLength.set(segments.length, [...(byLength.get(segments.length) ?? []), { operation, segments }]);
  }
  return (method, path) => {
    const parts = path.split("/");
    const fitting = (byLength.get(parts.length) ?? []).filter(({ segments }) => fits(segments, parts));
    const verb = method === "HEAD" ? "GET" : method;
    const found = fitting.find(({ operation }) => operation.method === verb);
    if (found) return { kind: "found", operation: found.operation, params: paramsOf(found.segments, parts) };
    if (fitting.length === 0) return { kind: "unknown" };
    const verbs = new Set(fitting.map(({ operation }) => operation.method as string));
    if (verbs.has("GET")) verbs.add("HEAD");
    return { kind: "other_method", allowed: [...verbs, "OPTIONS"].sort() };
  };
}

function fits(segments: readonly string[], parts: readonly string[]): boolean {
  return segments.every((segment, index) => segment.startsWith("{") || segment === parts[index]);
}

/** Ids and cursors need no percent-encoding: what has one is no id of ours. */
function paramsOf(segments: readonly string[], parts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    segments.flatMap((segment, index) => (segment.startsWith("{") ? [[segment.slice(1, -1), parts[index] ?? ""]] : [])),
  );
}
