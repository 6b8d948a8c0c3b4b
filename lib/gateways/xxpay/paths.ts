import type { CapabilityRow } from "#lib/gateways/gateway.ts";

/**
 * Every path of the document, and the balance that only public clients show. An account's settings may override each, also
 * by a whole https address: those clients query and pay out on other hosts than they pay on.
 */
export const PATHS = {
  createPay: row("2.1", "/api/pay/create_order", "documented"),
  queryPay: row("2.2", "/api/pay/query_order", "documented"),
  createTrans: row("3.1", "/api/trans/create_order", "documented"),
  queryTrans: row("3.2", "/api/trans/query_order", "documented"),
  queryBalance: row("3", "/api/query/query_balance", "real clients"),
} as const;

export type PathKey = keyof typeof PATHS;
export const PATH_KEYS = Object.keys(PATHS) as [PathKey, ...PathKey[]];

/** The blanks of the document, all `assumed`; `credentials.ts` makes each of them a setting with this default. */
export const ASSUMED = {
  /** §2.1.5's own sample leads to a page that draws a QR: its text is the QR's, and ours is drawn in its place. `page`: go there. */
  qrPage: "draw",
  /** §2.1.5: what stands after `?` becomes the posted fields, as it stands (never decoded again). `decoded`: decoded once. */
  postedValues: "raw",
  /** The create reply's signature covers `payParams` (XxPay Pro); old open-source servers leave it out, which proves less. */
  payParamsSigned: true,
  /** §3.1.3: 1 bank card, 2 WeChat, 3 Alipay, 4 other. */
  payoutAccountType: "1",
} as const;

/** Where the sample's QR page is (§2.1.5). */
export const QR_PAGE = "/api/qrcode/create_qrcode?params=";

export interface PathRow {
  section: string;
  verb: "POST";
  path: string;
  evidence: CapabilityRow["evidence"];
}

/** The path an account uses for an operation: its own setting, or the table's. */
export function pathOf(key: PathKey): (context: { settings: { paths: Partial<Record<PathKey, string>> } }) => string {
  return (context) => context.settings.paths[key] ?? PATHS[key].path;
}

/** A path below the account's base URL, or the whole address that took its place. */
export function urlOf(baseUrl: string, path: string): string {
  return path.startsWith("/") ? baseUrl + path : path;
}

function row(section: string, path: string, evidence: PathRow["evidence"]): PathRow {
  return { section, verb: "POST", path, evidence };
}
