import { and, asc, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxFaults } from "#db/schema/sandbox/faults.ts";
import type { ChosenFault } from "#db/schema/sandbox/payments.ts";
import { FAULTS, type Fault, REQUEST_FAULTS } from "#lib/sandbox/faults.ts";

/** A fault to lie in wait. `path` (requests) and `merchantNo` (payments) narrow whom it strikes. */
export interface ArmFault {
  fault: Fault;
  target: "payment" | "request";
  merchantNo: string | null;
  path: string | null;
  seconds: number | null;
}

/** Arms a fault; answers its id, or null when this fault cannot strike a mere request. */
export async function armFault(tx: Tx, input: ArmFault): Promise<number | null> {
  if (input.target === "request" && !REQUEST_FAULTS.includes(input.fault)) return null;
  const seconds = FAULTS[input.fault].seconds === null ? null : (input.seconds ?? FAULTS[input.fault].seconds);
  const [row] = await tx
    .insert(sandboxFaults)
    .values({ ...input, seconds })
    .returning({ id: sandboxFaults.id });
  return row?.id ?? null;
}

/** Takes all faults armed for the next payment of this merchant, for the payment that will have the number `no`. Two creates at once never share one. */
export function claimPaymentFaults(tx: Tx, merchantNo: string, no: string): Promise<ChosenFault[]> {
  const mine = or(isNull(sandboxFaults.merchantNo), eq(sandboxFaults.merchantNo, merchantNo));
  return claim(tx, and(eq(sandboxFaults.target, "payment"), mine), no);
}

/** Takes all faults armed for the next request to this path. */
export function claimRequestFaults(tx: Tx, path: string): Promise<ChosenFault[]> {
  const mine = or(isNull(sandboxFaults.path), eq(sandboxFaults.path, path));
  return claim(tx, and(eq(sandboxFaults.target, "request"), mine), path);
}

/** The latest armed faults, used or not, newest first. */
export function listArmed(tx: Tx, limit: number) {
  return tx.select().from(sandboxFaults).orderBy(desc(sandboxFaults.id)).limit(limit);
}

/** Disarms one fault, or all that are unused; answers how many. */
export async function disarm(tx: Tx, id: number | null): Promise<number> {
  const chosen = id === null ? undefined : eq(sandboxFaults.id, id);
  const gone = await tx
    .delete(sandboxFaults)
    .where(and(isNull(sandboxFaults.usedAt), chosen))
    .returning({ id: sandboxFaults.id });
  return gone.length;
}

async function claim(tx: Tx, where: ReturnType<typeof and>, usedFor: string): Promise<ChosenFault[]> {
  const due = tx
    .select({ id: sandboxFaults.id })
    .from(sandboxFaults)
    .where(and(isNull(sandboxFaults.usedAt), where))
    .orderBy(asc(sandboxFaults.id))
    .limit(10)
    .for("update", { skipLocked: true });
  const rows = await tx
    .update(sandboxFaults)
    .set({ usedAt: sql`now()`, usedFor })
    .where(inArray(sandboxFaults.id, due))
    .returning({ fault: sandboxFaults.fault, seconds: sandboxFaults.seconds });
  return rows;
}
