import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { lockPerson, revokeSessionsOf } from "#db/queries/dashboard-sessions.ts";
import {
  confirmTotp,
  deleteTotp,
  insertTotp,
  lockTotp,
  replaceRecoveryCodes,
  replaceTotpSecret,
  setTotpStep,
  type TotpRow,
  takeRecoveryCode,
} from "#db/queries/two-step.ts";
import { sha256Hex } from "#lib/crypto/digest.ts";
import { newTotpSecret, totpAddress, totpStep } from "#lib/crypto/totp.ts";
import { newRecoveryCode, readRecoveryCode } from "#lib/domain/ids.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

/** How many recovery codes a person is given at a time. */
export const RECOVERY_CODES = 10;
const COLUMN = "user_totp.secret";
/** Between the session that began an enrolment and its secret, until it is confirmed: in neither of them. */
const BEGUN = " ";
/** After this long an enrolment nobody confirmed gets another secret, in milliseconds. */
const ENROLMENT_MS = 3_600_000;

/** What an authenticator app is told: the secret to type, and the address a QR code carries. */
export interface Enrolment {
  secret: string;
  address: string;
}

/**
 * Begins switching two-step sign-in on, or goes on with what this session began within the hour. Protects nothing until
 * `confirmEnrolment`. Null when it is on already: its secret is never shown again. Another session gets another secret:
 * whoever else is signed in as this person must not know the one that will protect them.
 */
export function beginEnrolment(
  database: Database,
  user: { id: string; email: string; sessionId: string },
  nowMs = Date.now(),
): Promise<Enrolment | null> {
  return inTransaction(database, async (tx) => {
    const fresh = newTotpSecret();
    const sealed = sealFor(COLUMN, user.id, `${user.sessionId}${BEGUN}${fresh}`);
    const row = await insertTotp(tx, { userId: user.id, secret: sealed });
    if (row.confirmedAt) return null;
    const begun = nowMs - row.createdAt.getTime() > ENROLMENT_MS ? null : begunSecret(row, user.sessionId);
    if (begun === null) await replaceTotpSecret(tx, { userId: user.id, secret: sealed });
    const secret = begun ?? fresh;
    return { secret, address: totpAddress(secret, { issuer: "Shouyin", label: user.email }) };
  });
}

/**
 * Switches two-step sign-in on when the typed code is the app's: the recovery codes, to be shown once. Ends the person's
 * other sessions: none of them proved a second step. Null when the code is wrong or this session began nothing.
 */
export async function confirmEnrolment(
  tx: Tx,
  given: { userId: string; sessionId: string; code: string },
  nowMs = Date.now(),
): Promise<readonly string[] | null> {
  await lockPerson(tx, given.userId);
  const row = await lockTotp(tx, given.userId);
  const secret = !row || row.confirmedAt ? null : begunSecret(row, given.sessionId);
  if (!row || secret === null || !(await acceptTotp(tx, row, secret, given.code, nowMs))) return null;
  await confirmTotp(tx, given.userId, sealFor(COLUMN, given.userId, secret));
  await revokeSessionsOf(tx, given.userId, given.sessionId);
  return renewRecoveryCodes(tx, given.userId);
}

/** Switches two-step sign-in off and ends the person's other sessions. False when it was not on. */
export async function switchOff(tx: Tx, given: { userId: string; sessionId: string }): Promise<boolean> {
  await lockPerson(tx, given.userId);
  const was = await deleteTotp(tx, given.userId);
  if (was) await revokeSessionsOf(tx, given.userId, given.sessionId);
  return was;
}

/** Ten new recovery codes in place of all earlier ones; only their hashes are kept. */
export async function renewRecoveryCodes(tx: Tx, userId: string): Promise<readonly string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  const hashes = codes.map((code) => hashOf(userId, code));
  await replaceRecoveryCodes(tx, userId, hashes);
  return codes;
}

/**
 * Accepts what a person types as their second step: the app's code, once, or one of the recovery codes, once. Says which it
 * was; null when it is neither. Call it in the transaction of what it opens.
 */
export async function acceptCode(tx: Tx, userId: string, typed: string, nowMs = Date.now()): Promise<"code" | "recovery_code" | null> {
  const row = await lockTotp(tx, userId);
  if (!row?.confirmedAt) return null;
  if (await acceptTotp(tx, row, unsealFor(COLUMN, userId, row.secret), typed, nowMs)) return "code";
  const code = readRecoveryCode(typed);
  return code && (await takeRecoveryCode(tx, userId, hashOf(userId, code))) ? "recovery_code" : null;
}

async function acceptTotp(tx: Tx, row: TotpRow, secret: string, typed: string, nowMs: number): Promise<boolean> {
  const step = totpStep(secret, typed, nowMs);
  // RFC 6238 §5.2: a code is accepted once; the row's lock makes two at the same instant one after the other.
  if (step === null || step <= row.lastStep) return false;
  await setTotpStep(tx, row.userId, step);
  return true;
}

/** The secret of an enrolment that this session began; null when another one did. */
function begunSecret(row: TotpRow, sessionId: string): string | null {
  const [by, secret] = unsealFor(COLUMN, row.userId, row.secret).split(BEGUN);
  return by === sessionId && secret ? secret : null;
}

// 80 random bits cannot be searched for, so a fast hash is enough (docs/sign-in.md); the id keeps equal codes of two people apart.
function hashOf(userId: string, code: string): string {
  return sha256Hex(`${userId}:${code}`);
}
