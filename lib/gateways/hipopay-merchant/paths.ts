import type { CapabilityRow } from "#lib/gateways/gateway.ts";

/**
 * Every path of the merchant's API. `documented`: printed in seeds/001. `real clients`: what HipoPay's own four SDKs call
 * (protocols.md §1). An account's settings may override each (`settings.paths`). The document's headings have no numbers;
 * here they are counted in order of appearance: 1 Product Introduction, 2 Payment Process, 3 Integration Process, 4 Digital
 * Signature, 5 Call Payment in Your Mini-Program, 6 API List, 7 Place an Order, 8 Check Payment Order, 9 Check Exchange
 * Rate, 10 Payment Notification, 11 Refund, 12 Check Refund, 13 Export Reconciliation Report, 14 WeChat Pay Interface for
 * Customs Declaration, 15 WeChat Pay Re-declaration, 16 Check WeChat Pay Declaration, 17 WeChat Pay Customs Code,
 * 18 Currency Code, 19 Payment Order Status, 20 Refund Status, 21 Refund Code. What the document prints for one wallet only
 * stands under the heading of its kin.
 */
export const PATHS = {
  wechatApp: row("7", "POST", "/wechatpay/app/payment", "real clients"),
  wechatMp: row("7", "POST", "/wechatpay/mp/payment", "real clients"),
  wechatMiniProgram: row("7", "POST", "/wechatpay/mini_program/payment", "documented"),
  wechatWeb: row("7", "POST", "/wechatpay/web/payment", "real clients"),
  wechatQrcode: row("7", "POST", "/wechatpay/qrcode/payment", "real clients"),
  wechatBarcode: row("7", "POST", "/wechatpay/barcode/payment", "real clients"),
  wechatHkApp: row("7", "POST", "/wechatpay/hk/app/payment", "real clients"),
  wechatHkMp: row("7", "POST", "/wechatpay/hk/online/mp/payment", "real clients"),
  wechatHkMiniProgram: row("7", "POST", "/wechatpay/hk/mini_program/payment", "real clients"),
  alipayApp: row("7", "POST", "/alipay/app/payment", "real clients"),
  alipayWap: row("7", "POST", "/alipay/wap/payment", "real clients"),
  alipayQrcode: row("7", "POST", "/alipay/qrcode/payment", "real clients"),
  alipayWeb: row("7", "POST", "/alipay/web/payment", "real clients"),
  alipayBarcode: row("7", "POST", "/alipay/barcode/payment", "real clients"),
  payment: row("8", "GET", "/payment", "documented"),
  wechatRate: row("9", "GET", "/wechatpay/forex_rate", "documented"),
  alipayRate: row("9", "GET", "/alipay/forex_rate", "real clients"),
  wechatOldRate: row("9", "GET", "/wechatpay/rate", "real clients"),
  alipayOldRate: row("9", "GET", "/alipay/rate", "real clients"),
  refund: row("11", "POST", "/payment_refund", "documented"),
  queryRefund: row("12", "GET", "/payment_refund", "documented"),
  downloadBill: row("13", "GET", "/download_bill", "documented"),
  wechatDeclare: row("14", "POST", "/wechatpay/declaration", "documented"),
  wechatRedeclare: row("15", "POST", "/wechatpay/redeclaration", "documented"),
  wechatDeclaration: row("16", "GET", "/wechatpay/declaration", "documented"),
  alipayDeclare: row("14", "POST", "/alipay/declaration", "real clients"),
  alipayRedeclare: row("15", "POST", "/alipay/redeclaration", "real clients"),
  alipayDeclaration: row("16", "GET", "/alipay/declaration", "real clients"),
} as const;

export type PathKey = keyof typeof PATHS;
export const PATH_KEYS = Object.keys(PATHS) as [PathKey, ...PathKey[]];

interface PathRow {
  section: string;
  verb: "GET" | "POST";
  path: string;
  evidence: CapabilityRow["evidence"];
}

/** The path an account uses for an operation: its own setting, or the table's. */
export function pathFor(key: PathKey, settings: { paths: Partial<Record<PathKey, string>> }): string {
  return settings.paths[key] ?? PATHS[key].path;
}

/** The same for an operation whose path no other setting changes. */
export function pathOf(key: PathKey): (context: { settings: { paths: Partial<Record<PathKey, string>> } }) => string {
  return ({ settings }) => pathFor(key, settings);
}

function row<Verb extends PathRow["verb"]>(
  section: string,
  verb: Verb,
  path: string,
  evidence: PathRow["evidence"],
): PathRow & { verb: Verb } {
  return { section, verb, path, evidence };
}
