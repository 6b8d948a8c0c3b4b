import { rsaSha256Sign, rsaSha256Verify } from "#lib/crypto/rsa.ts";

/** What each official SDK leaves unescaped beyond `A-Za-z0-9_.-`: strict (Python), PHP, JavaScript, Java (protocols.md §1). */
const KEPT_BY_SDK = ["", "~", "~!*'()", "*"] as const;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** seeds/000 §2.2: sorted by bytes, names and values escaped, then `,` and the Timestamp header's own text. */
export function requestTexts(fields: ReadonlyMap<string, string>, timestamp: string): string[] {
  const names = sortedNames(fields);
  const texts = KEPT_BY_SDK.map((kept) => {
    const pairs = names.map((name) => `${escaped(name, kept)}=${escaped(fields.get(name) ?? "", kept)}`);
    return `${pairs.join("&")},${timestamp}`;
  });
  return [...new Set(texts)];
}

/** True when the signature fits the received values under any of the four escapings. Never throws. */
export function isSignedBy(publicKey: string, fields: ReadonlyMap<string, string>, timestamp: string, signature: string): boolean {
  if (!BASE64.test(signature)) return false;
  return requestTexts(fields, timestamp).some((text) => rsaSha256Verify(text, signature, publicKey));
}

/** Signs a notification: the same sort, but RAW values (seeds/000 §10.3; proved by recorded notifications, protocols.md §1). */
export function notificationSignature(fields: ReadonlyMap<string, string>, timestamp: string, privateKey: string): string {
  return rsaSha256Sign(notificationText(fields, timestamp), privateKey);
}

/** What a notification's signature is over. */
export function notificationText(fields: ReadonlyMap<string, string>, timestamp: string): string {
  const pairs = sortedNames(fields).map((name) => `${name}=${fields.get(name) ?? ""}`);
  return `${pairs.join("&")},${timestamp}`;
}

function sortedNames(fields: ReadonlyMap<string, string>): string[] {
  return [...fields.keys()].sort((a, b) => Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8")));
}

// encodeURIComponent leaves `~!*'()` alone; whatever the SDK at hand does not keep is escaped after it.
function escaped(text: string, kept: string): string {
  return encodeURIComponent(text).replace(/[~!*'()]/g, (mark) =>
    kept.includes(mark) ? mark : `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
