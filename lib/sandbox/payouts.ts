import { and, eq, sql } from "drizzle-orm";
import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { sandboxCallers } from "#db/schema/sandbox/callers.ts";
import { sandboxPayouts } from "#db/schema/sandbox/payouts.ts";
import type { Answer, Caller, NewPayout, Payout, Problem } from "#lib/dialects/backend.ts";
import { formatMajor, isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import { availableMinor } from "#lib/sandbox/holdings.ts";
import { newPaymentNo } from "#lib/sandbox/numbers.ts";
import { ringNotifiers } from "#lib/sandbox/owe-notice.ts";
import { detailsOf, ownPayout, type PayoutRow, readPayout, sealDetails, toPayout } from "#lib/sandbox/payout-rows.ts";

/** How the last two digits of the account number end a payout: `01` waits for the console, `02` fails, any other is paid. */
export const PAYOUT_ENDINGS: Readonly<Record<string, "FAIL" | null>> = { "01": null, "02": "FAIL" };
/** A created payout is taken up after this, seconds. */
export const PAYOUT_TAKEN_SECONDS = 1;
/** One yuan, taken from what arrives, or all of it: the caller's holdings go down by exactly the amount. */
const FEE_MINOR = 100n;

/**
 * Takes a payout of CNY against the caller's holdings, under a lock on the caller: two at once never spend the same money.
 * The same number again answers the same payout when nothing differs, else `duplicate_number`.
 */
export async function createPayout(database: Database, gateway: string, caller: Caller, payout: NewPayout): Promise<Answer<Payout>> {
  if (!caller.merchantNos.includes(payout.merchantNo)) return refuse("unknown_merchant");
  if (payout.currency !== "CNY") return refuse("currency_not_supported");
  const money = parseMoney(payout.amount, payout.currency);
  if (isMoneyProblem(money) || money.minor === 0n) return refuse("amount_invalid");
  return inTransaction(database, async (tx) => {
    await lockCaller(tx, gateway, caller.callerNo);
    const earlier = await readPayout(tx, ownPayout(gateway, caller.callerNo, payout));
    if (earlier) return same(earlier, payout, money.minor) ? { ok: true, value: toPayout(earlier) } : refuse("duplicate_number");
    if (money.minor > (await availableMinor(tx, gateway, caller.callerNo))) return refuse("balance_insufficient");
    const row = await insertPayout(tx, gateway, caller.callerNo, payout, money.minor);
    await ringNotifiers(tx);
    return { ok: true, value: toPayout(row) };
  });
}

async function lockCaller(tx: Tx, gateway: string, callerNo: string): Promise<void> {
  await tx
    .select({ no: sandboxCallers.callerNo })
    .from(sandboxCallers)
    .where(and(eq(sandboxCallers.gateway, gateway), eq(sandboxCallers.callerNo, callerNo)))
    .for("update");
}

async function insertPayout(tx: Tx, gateway: string, callerNo: string, payout: NewPayout, minor: bigint): Promise<PayoutRow> {
  const { accountNo, accountName, extra, ...asked } = payout;
  const no = newPaymentNo(new Date());
  const ending = accountNo.slice(-2);
  const [row] = await tx
    .insert(sandboxPayouts)
    .values({
      ...asked,
      no,
      gateway,
      callerNo,
      amountMinor: minor,
      fee: formatMajor({ minor: minor < FEE_MINOR ? minor : FEE_MINOR, currency: "CNY" }),
      details: sealDetails(no, { accountNo, accountName, extra }),
      accountTail: accountNo.slice(-4),
      state: "CREATED",
      outcome: Object.hasOwn(PAYOUT_ENDINGS, ending) ? PAYOUT_ENDINGS[ending] : "PAID",
      nextAt: sql`now() + make_interval(secs => ${PAYOUT_TAKEN_SECONDS})`,
    })
    .returning();
  if (!row) throw new Error("sandbox payout was not inserted");
  return row;
}

function same(earlier: PayoutRow, payout: NewPayout, minor: bigint): boolean {
  const { accountNo, accountName, extra } = detailsOf(earlier);
  return (
    earlier.amountMinor === minor &&
    earlier.merchantNo === payout.merchantNo &&
    earlier.notifyUrl === payout.notifyUrl &&
    accountNo === payout.accountNo &&
    accountName === payout.accountName &&
    sorted(extra) === sorted(payout.extra)
  );
}

function sorted(extra: Record<string, string>): string {
  return JSON.stringify(Object.entries(extra).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const refuse = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem });
