/**
 * Whose pages may show a checkout in a frame (issue 5, item 4). A merchant lists exact origins; nothing else may frame
 * its pages, so nobody can lay a checkout under a page of theirs.
 */
export const EMBED_ORIGINS_MAX = 20;

/** A developer's own machine, for test orders only. In a policy's words: any port. */
export const TEST_FRAMER = "http://localhost:*";

/** Where proxy.ts tells a page who may frame it: the page's script answers nobody else. */
export const FRAMERS_HEADER = "x-framers";

/** What is wrong with an entry: it is no address, not https, has more than an origin, or stands for many. */
export type EmbedOriginProblem = "format" | "scheme" | "more" | "wildcard" | "too_many";

export type EmbedOrigins = { ok: true; origins: string[] } | { ok: false; problem: EmbedOriginProblem; entry: string };

/** Host names and IPv6 literals as a browser writes them: whatever passes here cannot leave its place in a header. */
const ORIGIN = /^https:\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::\d{1,5})?$/;

/** The origins in a text, one a line (commas and spaces part them too), each once and as browsers write it. */
export function readEmbedOrigins(text: string): EmbedOrigins {
  const origins = new Set<string>();
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) {
    const read = originOf(entry);
    if (!read.ok) return { ok: false, problem: read.problem, entry: entry.slice(0, 80) };
    origins.add(read.origin);
    if (origins.size > EMBED_ORIGINS_MAX) return { ok: false, problem: "too_many", entry: entry.slice(0, 80) };
  }
  return { ok: true, origins: [...origins] };
}

function originOf(entry: string): { ok: true; origin: string } | { ok: false; problem: EmbedOriginProblem } {
  if (entry.includes("*")) return { ok: false, problem: "wildcard" };
  if (!URL.canParse(entry)) return { ok: false, problem: "format" };
  const url = new URL(entry);
  if (url.protocol !== "https:") return { ok: false, problem: /^[\w.-]+:\d/.test(entry) ? "format" : "scheme" };
  if (url.username || url.password || url.pathname !== "/" || url.search || url.hash) return { ok: false, problem: "more" };
  return ORIGIN.test(url.origin) ? { ok: true, origin: url.origin } : { ok: false, problem: "format" };
}

/** Who may frame an order's or a link's pages, besides ourselves; in a policy's words. */
export function framersOf(origins: readonly string[], live: boolean): string[] {
  const exact = origins.filter((origin) => ORIGIN.test(origin));
  return live ? exact : [...exact, TEST_FRAMER];
}
