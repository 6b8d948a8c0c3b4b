import { createHash, randomBytes, randomInt } from "node:crypto";
import { newToken } from "#lib/domain/ids.ts";

/** A payment or refund number as the document's: 25 digits, the first 14 are `YYYYMMDDHHmmss` in UTC+8 (seeds/000 §4.2). */
export function newPaymentNo(now: Date): string {
  return stamp(now) + digits(11);
}

/** The wallet company's own number of a payment: 28 digits, as WeChat's and Alipay's transaction numbers are. */
export function newWalletNo(wallet: string, now: Date): string {
  return wallet === "wechat" ? `4200${digits(8)}${stamp(now).slice(0, 8)}${digits(8)}` : `${stamp(now).slice(0, 8)}2200${digits(16)}`;
}

/** What a QR code or prepay id names a payment by: 128 random bits, so that nobody finds another's payment. */
export function newCode(): string {
  return newToken();
}

/** The openid a shopper has at a merchant: the same each time, another at another merchant. 28 characters, as WeChat's. */
export function openidOf(shopper: string, merchantNo: string): string {
  return `o${createHash("sha256").update(`${merchantNo}|${shopper}`).digest("base64url").slice(0, 27)}`;
}

/** A shopper's identity in this browser's sandbox wallet. */
export function newShopper(): string {
  return randomBytes(16).toString("base64url");
}

/** `count` random decimal digits. */
export function digits(count: number): string {
  let text = "";
  for (let i = 0; i < count; i++) text += randomInt(10).toString();
  return text;
}

/** `count` decimal digits that a text always gives. */
export function digitsOf(text: string, count: number): string {
  const hash = BigInt(`0x${createHash("sha256").update(text).digest("hex")}`);
  return hash.toString().slice(-count).padStart(count, "0");
}

function stamp(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().replaceAll(/[-:T]/g, "").slice(0, 14);
}
