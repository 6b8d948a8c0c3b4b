import type { CapabilityRow } from "#lib/gateways/gateway.ts";

/**
 * Every path of the document. `openid` and `pay` are pages the browser is sent to. All are printed; an account's settings may
 * override them (`settings.paths`).
 */
export const PATHS = {
  pay: row("3.1", "POST", "/api/mpgateway", "documented"),
  openid: row("3.2", "BROWSER", "/wxjsapi/openid.html", "documented"),
  payPage: row("3.3", "BROWSER", "/wxjsapi/gopay.html", "documented"),
  query: row("3.5", "POST", "/api/query", "documented"),
  cancel: row("3.6", "POST", "/api/cancel", "documented"),
} as const;

export type PathKey = keyof typeof PATHS;
export const PATH_KEYS = Object.keys(PATHS) as [PathKey, ...PathKey[]];

/** The blanks of the document, all `assumed`; `credentials.ts` makes each of them a setting with this default. */
export const ASSUMED = {
  /** Not in §3.1's list; public clients send it. Its `formaction` is read as an address, like WxH5's. */
  aliWapAction: "AliWap",
  /** §2.2 says every request is signed and only §3.2 excepts itself, so §3.3's page is; its table alone shows three plain fields. */
  payPageSigned: true,
} as const;

export interface PathRow {
  section: string;
  verb: "POST" | "BROWSER";
  path: string;
  evidence: CapabilityRow["evidence"];
}

/** The path an account uses for an operation: its own setting, or the table's. */
export function pathOf(key: PathKey): (context: { settings: { paths: Partial<Record<PathKey, string>> } }) => string {
  return (context) => context.settings.paths[key] ?? PATHS[key].path;
}

function row<Verb extends PathRow["verb"]>(
  section: string,
  verb: Verb,
  path: string,
  evidence: PathRow["evidence"],
): PathRow & { verb: Verb } {
  return { section, verb, path, evidence };
}
