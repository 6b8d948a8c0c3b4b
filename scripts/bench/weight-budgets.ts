import { gzipSync } from "node:zlib";

/** What a shopper's page loads, by whom it is: the framework's own scripts are counted apart from ours. */
export const KINDS = ["html", "css", "script", "framework", "image", "font", "live", "other", "thirdParty"] as const;
export type Kind = (typeof KINDS)[number];

/**
 * The budgets of a shopper's page (issue 4, item 7), in bytes after compression. What is written into the HTML counts
 * twice: in the HTML, and again in `css` or `script`, so that nothing becomes light by being moved.
 */
export const BYTE_BUDGETS = { html: 14_000, css: 15_000, script: 6_000, framework: 0, font: 0, thirdParty: 0 } as const satisfies Partial<
  Record<Kind, number>
>;

const KIND_OF_TYPE: Readonly<Record<string, Kind>> = {
  document: "html",
  stylesheet: "css",
  script: "script",
  image: "image",
  font: "font",
  xhr: "live",
  fetch: "live",
  eventsource: "live",
};

/** The kind of a request that a page of `origin` made; `type` is the browser's word, in either of DevTools' spellings. */
export function kindOf(address: string, type: string, origin: string): Kind {
  const url = new URL(address);
  // data: and blob: stay in the page; everything else has an origin, and ours is the only one that is not a third party's.
  if (url.protocol !== "data:" && url.protocol !== "blob:" && url.origin !== origin) return "thirdParty";
  const kind = KIND_OF_TYPE[type.toLowerCase()] ?? "other";
  return kind === "script" && url.pathname.startsWith("/_next/") ? "framework" : kind;
}

/** Style sheets and scripts that are written into the HTML, compressed as if each kind were a file of its own. */
export function writtenIn(html: string): { css: number; script: number } {
  const css = contents(html, /<style\b[^>]*>([\s\S]*?)<\/style>/g);
  const script = contents(html, /<script\b(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g);
  return { css: compressed(css), script: compressed(script) };
}

function contents(html: string, pattern: RegExp): string {
  return [...html.matchAll(pattern)].map((found) => found[1] ?? "").join("");
}

function compressed(text: string): number {
  return text ? gzipSync(text).byteLength : 0;
}
