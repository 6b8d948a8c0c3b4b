import { and, asc, desc, eq, inArray, isNull, notInArray, or, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxFaults } from "#db/schema/sandbox/faults.ts";
import type { ChosenFault } from "#db/schema/sandbox/payments.ts";
import { CURRENCY_FAULTS, FAULTS, type Fault, REQUEST_FAULTS } from "#lib/sandbox/faults.ts";
import { fitsGateway, gatewayById } from "#lib/sandbox/gateways.ts";

/** A fault to lie in wait. `gateway`, `path` (requests) and `merchantNo` (payments) narrow whom it strikes. */
export interface ArmFault {
  fault: Fault;
  target: "payment" | "request";
  gateway: string | null;
  merchantNo: string | null;
  path: string | null;
  seconds: number | null;
  /** Armed under this before: it is the same one. */
  key?: string | null;
}

export type ArmRefusal = "fault_not_for_requests" | "fault_not_for_gateway" | "unknown_gateway";

/** Arms a fault; answers its id, or why this fault can never strike there. */
export async function armFault(tx: Tx, input: ArmFault): Promise<{ id: number } | { refusal: ArmRefusal }> {
  if (input.target === "request" && !REQUEST_FAULTS.includes(input.fault)) return { refusal: "fault_not_for_requests" };
  const gateway = input.gateway === null ? null : gatewayById(input.gateway);
  if (input.gateway !== null && gateway === null) return { refusal: "unknown_gateway" };
  if (gateway && !fitsGateway(input.fault, gateway.id)) return { refusal: "fault_not_for_gateway" };
  const seconds = FAULTS[input.fault].seconds === null ? null : (input.seconds ?? FAULTS[input.fault].seconds);
  const [row] = await tx
    .insert(sandboxFaults)
    .values({ ...input, seconds })
    .onConflictDoNothing({ target: sandboxFaults.key })
    .returning({ id: sandboxFaults.id });
  const known = row
    ? null
    : await tx
        .select({ id: sandboxFaults.id })
        .from(sandboxFaults)
        .where(eq(sandboxFaults.key, input.key ?? ""));
  if (known?.[0]) return known[0];
  if (!row) throw new Error("fault was not inserted");
  return row;
}

/** Takes all faults armed for the next payment of this merchant, for the payment that will have the number `no`. Two creates at once never share one. */
export function claimPaymentFaults(tx: Tx, payment: { gateway: string; merchantNo: string; no: string }): Promise<ChosenFault[]> {
  const { gateway, merchantNo, no } = payment;
  const mine = or(isNull(sandboxFaults.merchantNo), eq(sandboxFaults.merchantNo, merchantNo));
  // A wrong currency waits for a gateway whose notices name one.
  const fitting = gatewayById(gateway)?.noticeCurrency === false ? notInArray(sandboxFaults.fault, [...CURRENCY_FAULTS]) : undefined;
  return claim(tx, and(eq(sandboxFaults.target, "payment"), atGateway(gateway), mine, fitting), no);
}

/** Takes all faults armed for the next request to this path of the gateway. */
export function claimRequestFaults(tx: Tx, gateway: string, path: string): Promise<ChosenFault[]> {
  const mine = or(isNull(sandboxFaults.path), eq(sandboxFaults.path, path));
  return claim(tx, and(eq(sandboxFaults.target, "request"), atGateway(gateway), mine), path);
}

function atGateway(gateway: string) {
  return or(isNull(sandboxFaults.gateway), eq(sandboxFaults.gateway, gateway));
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
