import type { Method } from "#lib/domain/methods.ts";

/** The payment codes wallets show, by their first digits and length (the wallets' own rules; seeds/004 §2.1 names none). */
const CODES: readonly (readonly [RegExp, Method])[] = [
  [/^1[0-5]\d{16}$/, "wechat.barcode"],
  [/^(?:2[5-9]|30)\d{14,22}$/, "alipay.barcode"],
  [/^91\d{16}$/, "qq.barcode"],
];

/** The digits of a scanned code: scanners add line ends, people spaces. */
export function authCodeDigits(scanned: string): string {
  return scanned.replace(/[\s-]/g, "").slice(0, 64);
}

/** The method that charges a code of these digits, or null when it is no wallet's payment code. */
export function methodOfAuthCode(digits: string): Method | null {
  return CODES.find(([pattern]) => pattern.test(digits))?.[1] ?? null;
}
