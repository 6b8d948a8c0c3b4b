import { Secret, TOTP } from "otpauth";
import { constantTimeEqual } from "#lib/crypto/digest.ts";

/** Seconds one code lasts (RFC 6238 §4: X). */
export const STEP_SECONDS = 30;
/** How many steps a phone's clock may be off, each way (RFC 6238 §6). */
const DRIFT = 1;
// SHA-1 and six digits are what every authenticator app can do; some ignore an address that asks for more.
const SHAPE = { algorithm: "SHA1", digits: 6, period: STEP_SECONDS } as const;

/** A fresh secret of 160 random bits (RFC 4226 §4 R6), base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address an authenticator app reads from a QR code: whose account, at which house. */
export function totpAddress(secret: string, who: { issuer: string; label: string }): string {
  return new TOTP({ ...SHAPE, ...who, secret }).toString();
}

/** The code of one step; `step` counts 30 seconds since 1970. */
export function totpCode(secret: string, step: number): string {
  return TOTP.generate({ ...SHAPE, secret: Secret.fromBase32(secret), timestamp: step * STEP_SECONDS * 1000 });
}

/**
 * The step a typed code belongs to, one before and one after now counting as well; null when it is none of theirs. All are
 * compared, in constant time. Spaces in between are as people type them.
 */
export function totpStep(secret: string, typed: string, nowMs: number): number | null {
  const code = typed.replace(/\s/g, "");
  const now = Math.floor(nowMs / 1000 / STEP_SECONDS);
  let found: number | null = null;
  for (let step = now - DRIFT; step <= now + DRIFT; step += 1) {
    if (constantTimeEqual(totpCode(secret, step), code)) found = step;
  }
  return found;
}
