import type { CapabilityRow } from "#lib/gateways/gateway.ts";

/**
 * Every path of the agent's API, and everything else the document leaves blank, in one table. `documented`: printed in
 * seeds/000. `real clients`: seen in public clients that run against the gateway (protocols.md §1). `assumed`: nobody outside
 * knows; an account's settings may override it (`settings.paths`).
 */
export const PATHS = {
  mpPay: row("4.1", "POST", "/mp_pay", "real clients"),
  scanPay: row("4.2", "POST", "/order/scan_pay", "documented"),
  scannedPay: row("4.3", "POST", "/order/scanned_pay", "documented"),
  miniProgramOpenid: row("4.4", "GET", "/mini_program/openid", "assumed"),
  miniProgramPay: row("4.4", "POST", "/mini_program/pay", "assumed"),
  appPay: row("4.5", "POST", "/order/app_pay", "assumed"),
  pcDesk: row("4.6", "BROWSER", "/pc_desk", "assumed"),
  mpDesk: row("4.7", "BROWSER", "/mp_desk", "assumed"),
  refund: row("4.8", "POST", "/refund", "documented"),
  order: row("4.9", "GET", "/order", "documented"),
  queryRefund: row("4.10", "GET", "/refund", "documented"),
  rate: row("4.11", "GET", "/rate", "documented"),
  alipayScannedPay: row("6.1", "POST", "/alipay/scanned_pay", "documented"),
  alipayAppPay: row("6.2", "POST", "/alipay/app_pay", "assumed"),
  alipayWapPay: row("6.3", "POST", "/alipay/wap_pay", "documented"),
  alipayDesk: row("6.4", "BROWSER", "/alipay/desk", "assumed"),
  alipayOrder: row("6.5", "GET", "/alipay/order", "documented"),
  alipayRefund: row("6.6", "POST", "/alipay/refund", "documented"),
  alipayQueryRefund: row("6.7", "GET", "/alipay/refund", "documented"),
  alipayRate: row("6.8", "GET", "/alipay/rate", "documented"),
  alipayQrcodePay: row("7.1", "POST", "/alipay/qrcode_pay", "documented"),
  alipayScanPay: row("7.2", "POST", "/alipay/scan_pay", "documented"),
  downloadBill: row("8", "GET", "/download_bill", "assumed"),
  wechatDeclare: row("9.1", "POST", "/wechatpay/declaration", "assumed"),
  wechatRedeclare: row("9.2", "POST", "/wechatpay/redeclaration", "assumed"),
  wechatDeclaration: row("9.3", "GET", "/wechatpay/declaration", "assumed"),
  alipayDeclare: row("9.4", "POST", "/alipay/declaration", "assumed"),
  alipayRedeclare: row("9.5", "POST", "/alipay/redeclaration", "assumed"),
  alipayDeclaration: row("9.6", "GET", "/alipay/declaration", "assumed"),
} as const;

export type PathKey = keyof typeof PATHS;
export const PATH_KEYS = Object.keys(PATHS) as [PathKey, ...PathKey[]];

/** The other blanks of the document, all `assumed`; `credentials.ts` makes each of them a setting with this default. */
export const ASSUMED = {
  /** seeds/001's bill wants Version 3.0; the agent's document prints no version for its own. */
  billVersion: "3.0",
  /** Mini programs: the reply has a 32-digit `paySign` and names no algorithm (§4.4). */
  miniProgramSignType: "MD5",
  /** §4.1 binds our page beforehand and gives all parameters back; this one names the page all the same. Empty: not sent. */
  containerReturnParameter: "return_url",
} as const;

export interface PathRow {
  section: string;
  verb: "GET" | "POST" | "BROWSER";
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
