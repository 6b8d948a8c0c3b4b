import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { recoveryCodes, signInSteps, userTotp } from "#db/schema/two-step.ts";

export type TotpRow = typeof userTotp.$inferSelect;

/** A person's second step under its lock, or null when none was ever begun. Whoever accepts a code holds this lock. */
export async function lockTotp(tx: Tx, userId: string): Promise<TotpRow | null> {
  const [row] = await tx.select().from(userTotp).where(eq(userTotp.userId, userId)).for("update");
  return row ?? null;
}

/** Begins an enrolment, or gives the row that is there, under its lock. */
export async function insertTotp(tx: Tx, row: { userId: string; secret: string }): Promise<TotpRow> {
  await tx.insert(userTotp).values(row).onConflictDoNothing();
  const kept = await lockTotp(tx, row.userId);
  if (!kept) throw new Error("an enrolment vanished while it was begun");
  return kept;
}

/** Puts another secret into an enrolment that is not confirmed. */
export async function replaceTotpSecret(tx: Tx, row: { userId: string; secret: string }): Promise<void> {
  await tx
    .update(userTotp)
    .set({ secret: row.secret, createdAt: sql`now()` })
    .where(and(eq(userTotp.userId, row.userId), isNull(userTotp.confirmedAt)));
}

/** The step whose code was accepted: none of it or before it counts again. */
export async function setTotpStep(tx: Tx, userId: string, lastStep: number): Promise<void> {
  await tx.update(userTotp).set({ lastStep }).where(eq(userTotp.userId, userId));
}

/** Switches the second step on, with its secret as it is kept from now on. */
export async function confirmTotp(tx: Tx, userId: string, secret: string): Promise<void> {
  await tx.update(userTotp).set({ secret, confirmedAt: sql`now()` }).where(eq(userTotp.userId, userId));
}

/** Takes the second step away, with its recovery codes and the sign-ins that were waiting for a code. False when there was none. */
export async function deleteTotp(tx: Tx, userId: string): Promise<boolean> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.delete(signInSteps).where(eq(signInSteps.userId, userId));
  const rows = await tx
    .delete(userTotp)
    .where(and(eq(userTotp.userId, userId), isNotNull(userTotp.confirmedAt)))
    .returning({ userId: userTotp.userId });
  return rows.length > 0;
}

/** Puts these codes in the place of a person's earlier ones. */
export async function replaceRecoveryCodes(tx: Tx, userId: string, hashes: readonly string[]): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ userId, codeHash })));
}

/** Uses a recovery code up; false when it is none of this person's, or used. */
export async function takeRecoveryCode(tx: Tx, userId: string, codeHash: string): Promise<boolean> {
  const rows = await tx
    .update(recoveryCodes)
    .set({ usedAt: sql`now()` })
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)))
    .returning({ userId: recoveryCodes.userId });
  return rows.length > 0;
}

/** How a person's second step stands: since when it is on, and how many recovery codes are left. */
export interface TwoStepStanding {
  onSince: Date | null;
  codesLeft: number;
}

export async function readTwoStep(tx: Tx, userId: string): Promise<TwoStepStanding> {
  const [row] = await tx.select({ onSince: userTotp.confirmedAt }).from(userTotp).where(eq(userTotp.userId, userId));
  const codesLeft = await tx.$count(recoveryCodes, and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
  return { onSince: row?.onSince ?? null, codesLeft };
}
