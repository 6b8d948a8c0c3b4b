import type { Payment } from "#lib/dialects/backend.ts";
import { qrText } from "#lib/dialects/shown.ts";
import type { Call } from "#lib/dialects/xxpay/call.ts";
import type { Product } from "#lib/dialects/xxpay/products.ts";
import { QRCODE_PATH } from "#lib/dialects/xxpay/qrcode.ts";

/**
 * Whether this gateway can tell a payUrl for the product. Throws when it does not know its own address: asked before
 * anything is created.
 */
export function demandRoot(product: Product, { root }: Pick<Call, "root">): void {
  if ("qr" in product.shows && root === undefined) throw new Error("xxpay was not told the address of its root");
}

/** `payUrl` of a payment (seeds/003 §2.1.5). `POST;` is followed by an address whose query is to be posted. */
export function payUrlOf(product: Product, payment: Payment, { root, backend }: Pick<Call, "root" | "backend">): string {
  const { shows } = product;
  if ("qr" in shows) return `${root}${QRCODE_PATH}?params=${escaped(qrText(payment, shows.qr))}`;
  if ("page" in shows) return backend.pageUrl(payment, shows.page);
  const page = backend.pageUrl(payment, shows.post);
  const fields = new URLSearchParams({ payOrderId: payment.no, mchOrderNo: payment.clientNo ?? "" });
  return `POST;${page}${page.includes("?") ? "&" : "?"}${fields}`;
}

// The document's example has `params=https://qr.alipay.com/…` bare: what a query may hold stays, what would cut it is escaped.
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/%(?:3A|2F|3F|3D)/g, decodeURIComponent);
}
