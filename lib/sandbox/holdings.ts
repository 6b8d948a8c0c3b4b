import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import { sandboxPayouts } from "#db/schema/sandbox/payouts.ts";
import type { Holdings } from "#lib/dialects/backend.ts";
import { formatMajor } from "#lib/domain/money.ts";

/** How long a payment's money is on its way from the wallet company, seconds: none, this gateway settles as it is paid (T+0). */
const SETTLES_SECONDS = 0;

interface Sums {
  settled: bigint;
  unsettled: bigint;
  leaving: bigint;
  left: bigint;
}

/** What a caller has in CNY: what was paid to it, less what it refunded and paid out. A payout under way is frozen. */
export async function holdingsOf(tx: Tx, gateway: string, callerNo: string): Promise<Holdings> {
  const { settled, unsettled, leaving, left } = await sums(tx, gateway, callerNo);
  return { available: yuan(settled - leaving - left), frozen: yuan(leaving), unsettled: yuan(unsettled) };
}

/** What the caller may pay out, in fen. */
export async function availableMinor(tx: Tx, gateway: string, callerNo: string): Promise<bigint> {
  const { settled, leaving, left } = await sums(tx, gateway, callerNo);
  return settled - leaving - left;
}

async function sums(tx: Tx, gateway: string, callerNo: string): Promise<Sums> {
  const kept = sql`${sandboxPayments.amountMinor} - ${sandboxPayments.refundedMinor}`;
  const settled = sql`${sandboxPayments.paidAt} <= now() - make_interval(secs => ${SETTLES_SECONDS})`;
  const [paid] = await tx
    .select({
      settled: sql<string>`coalesce(sum(${kept}) filter (where ${settled}), 0)`,
      unsettled: sql<string>`coalesce(sum(${kept}) filter (where not ${settled}), 0)`,
    })
    .from(sandboxPayments)
    .where(
      and(
        eq(sandboxPayments.gateway, gateway),
        eq(sandboxPayments.callerNo, callerNo),
        eq(sandboxPayments.currency, "CNY"),
        eq(sandboxPayments.state, "PAID"),
      ),
    );
  const under = sql`${sandboxPayouts.state} in ('CREATED', 'PROCESSING')`;
  const [out] = await tx
    .select({
      leaving: sql<string>`coalesce(sum(${sandboxPayouts.amountMinor}) filter (where ${under}), 0)`,
      left: sql<string>`coalesce(sum(${sandboxPayouts.amountMinor}) filter (where ${sandboxPayouts.state} = 'PAID'), 0)`,
    })
    .from(sandboxPayouts)
    .where(and(eq(sandboxPayouts.gateway, gateway), eq(sandboxPayouts.callerNo, callerNo)));
  return {
    settled: BigInt(paid?.settled ?? 0),
    unsettled: BigInt(paid?.unsettled ?? 0),
    leaving: BigInt(out?.leaving ?? 0),
    left: BigInt(out?.left ?? 0),
  };
}

const yuan = (minor: bigint): string => formatMajor({ minor, currency: "CNY" });
