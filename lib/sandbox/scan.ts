/** What a scanned text is. */
export type Scanned = { kind: "payment"; code: string } | { kind: "page"; path: string } | { kind: "unknown" };

const CODE = /^[0-9a-z]{8,64}$/i;

/** Where a payment's code stands in the texts our gateways print (seeds/000 §4.3, §7.1). */
const FORMS: readonly RegExp[] = [
  /^weixin:\/\/wxpay\/bizpayurl\?(?:[^#]*&)?pr=([^&#]+)/i,
  /^https:\/\/qr\.alipay\.com\/([^/?#]+)/i,
  /\/sandbox\/(?:wallet\/pay|cashier\/[a-z_]+)\/([^/?#]+)/,
  /^prepay_id=(?:wx)?(.+)$/,
];

/** Reads a scanned text: a payment's code, a page of our own origin, or neither. Never an address elsewhere. Pure. */
export function readScan(text: string, origin: string): Scanned {
  const scanned = text.trim().slice(0, 2000);
  for (const form of FORMS) {
    const code = form.exec(scanned)?.[1];
    if (code && CODE.test(code)) return { kind: "payment", code };
  }
  if (CODE.test(scanned) && scanned.length >= 20) return { kind: "payment", code: scanned };
  // A word is not an address, although a browser would read it as one beside the page it stands on.
  const path = /^(?:https?:\/)?\//i.test(scanned) ? ownPath(scanned, origin) : null;
  return path === null ? { kind: "unknown" } : { kind: "page", path };
}

/** Path, query and all of an address below our own origin, else null: what may be shown in a frame or redirected to. */
export function ownPath(text: string, origin: string): string | null {
  if (!URL.canParse(text, origin)) return null;
  const url = new URL(text, origin);
  // `//elsewhere` as a Location or a frame's address is another host.
  return url.origin === origin && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}` : null;
}
