import { and, eq, type InferSelectModel, type SQL } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxPayouts } from "#db/schema/sandbox/payouts.ts";
import type { Payout } from "#lib/dialects/backend.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

export type PayoutRow = InferSelectModel<typeof sandboxPayouts>;

/** What is personal in a payout: kept sealed, compared and repeated, never shown. */
export interface PayoutDetails {
  accountNo: string;
  accountName: string;
  extra: Record<string, string>;
}

const COLUMN = "sandbox.payouts.details";

export function sealDetails(no: string, details: PayoutDetails): string {
  return sealFor(COLUMN, no, JSON.stringify(details));
}

/** The details; when the keys they were sealed with are gone, the account's last digits are all that is left. */
export function detailsOf(row: PayoutRow): PayoutDetails {
  try {
    return JSON.parse(unsealFor(COLUMN, row.no, row.details)) as PayoutDetails;
  } catch {
    return { accountNo: `****${row.accountTail}`, accountName: "", extra: {} };
  }
}

/** One payout, or null. `lock` holds its row until the transaction ends. */
export async function readPayout(tx: Tx, where: SQL | undefined, lock = false): Promise<PayoutRow | null> {
  const query = tx.select().from(sandboxPayouts).where(where).limit(1);
  const [row] = lock ? await query.for("update") : await query;
  return row ?? null;
}

/** A payout of this caller and channel by the gateway's number or the caller's own. */
export function ownPayout(
  gateway: string,
  callerNo: string,
  by: { channel: string } & ({ no: string } | { clientNo: string }),
): SQL | undefined {
  const named = "no" in by ? eq(sandboxPayouts.no, by.no) : eq(sandboxPayouts.clientNo, by.clientNo);
  return and(eq(sandboxPayouts.gateway, gateway), eq(sandboxPayouts.callerNo, callerNo), eq(sandboxPayouts.channel, by.channel), named);
}

/** A row in the words of the dialects. */
export function toPayout(row: PayoutRow): Payout {
  const { no, channel, merchantNo, clientNo, currency, amount, notifyUrl } = row;
  const { state, fee, channelNo, createdAt, endedAt, acknowledgedAt } = row;
  const asked = { channel, merchantNo, clientNo, currency, amount, notifyUrl, ...detailsOf(row) };
  return { ...asked, no, state, fee, channelNo, createdAt, endedAt, acknowledgedAt };
}
