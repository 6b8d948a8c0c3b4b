/** What a scanned text is. */
export type Scanned = { kind: "payment"; code: string } | { kind: "page"; path: string } | { kind: "unknown" };

const CODE = /^[0-9a-z]{8,64}$/i;

/** Where a payment's code stands in the texts our gateways print (seeds/000 §4.3, §7.1; wallets.ts writes them). */
const FORMS: readonly RegExp[] = [
  /^weixin:\/\/wxpay\/bizpayurl\?(?:[^#]*&)?pr=([^&#]+)/i,
  /^https:\/\/qr\.alipay\.com\/([^/?#]+)/i,
  /^https:\/\/qpay\.qq\.com\/qr\/([^/?#]+)/i,
  /^https:\/\/qr\.95516\.com\/00010000\/([^/?#]+)/i,
  /^https:\/\/ex\.jd\.com\/pay\?(?:[^#]*&)?code=([^&#]+)/i,
  /\/sandbox\/(?:wallet\/pay|cashier\/[a-z_]+)\/([^/?#]+)/,
  /^prepay_id=(.+)$/,
];

/**
 * A picture of a QR code by its address (seeds/003 §2.1.5): what the code says is its last parameter, escaped or not, and a
 * scanner pointed at the picture reads that.
 */
const PICTURE = /^https?:\/\/[^?#]*\/api\/qrcode\/create_qrcode\?(?:[^#]*?&)?params=(.+)$/i;

/** Reads a scanned text: a payment's code, a page of our own origin, or neither. Never an address elsewhere. Pure. */
export function readScan(text: string, origin: string): Scanned {
  const seen = text.trim().slice(0, 2000);
  const pictured = PICTURE.exec(seen)?.[1];
  const scanned = pictured === undefined ? seen : unescaped(pictured);
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

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
