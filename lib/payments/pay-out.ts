import { type Database, db, inTransaction } from "#db/client.ts";
import { accountById, merchantIsClosed } from "#db/queries/accounts.ts";
import { type Also, nothingAlong } from "#db/queries/audit.ts";
import { insertPayout, lockPayout, type Payout, payoutByKey, savePayout } from "#db/queries/payouts.ts";
import { storableText } from "#db/storable.ts";
import { fail, type ProblemCode, type Result } from "#lib/domain/errors.ts";
import { newGatewayNumber, newId } from "#lib/domain/ids.ts";
import { isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import { payoutQuerySeconds } from "#lib/domain/payout.ts";
import { env } from "#lib/env.ts";
import type { Outcome } from "#lib/gateways/gateway.ts";
import type { PayoutAccount, PayoutStanding } from "#lib/gateways/payout.ts";
import { amountData, moneyOf } from "#lib/payments/change.ts";
import { type Opened, openOrNull } from "#lib/payments/open-account.ts";
import { settlePayout } from "#lib/payments/settle-payout.ts";
import { sealFor, unsealFor } from "#lib/secrets.ts";

export interface PayOut {
  merchantId: string;
  /** The gateway account to pay from. */
  accountId: string;
  /** A key of the gateway's payout channels. */
  channel: string;
  /** Decimal text in CNY, major units. */
  amountText: string;
  recipient: PayoutAccount;
  remark: string;
  /** A user's id, or `command line`. */
  actor: string;
  /** The same key again is the same payout; with another content it is refused. */
  idempotencyKey: string;
}

export const REMARK_MAX = 64;
const CURRENCY = "CNY";

/**
 * Pays out to a bank account. The intent is committed under a number of its own before anything is sent, and is sent once: a
 * missing or unclear answer is asked about by that number (recheck-payout.ts) and never sent anew. Returns after the gateway's
 * first answer; the row says how it went. Problems: account_not_found, account_shut, merchant_closed, payout_unsupported, amount_*, recipient_* (field named),
 * bank_unknown, form_changed.
 */
export async function payOut(input: PayOut, database: Database = db(), also: Also = nothingAlong): Promise<Result<{ payoutId: string }>> {
  const row = await accountById(database, input.accountId);
  if (!row || row.merchantId !== input.merchantId || !row.active) return fail("account_not_found", "account");
  if (await merchantIsClosed(database, input.merchantId)) return fail("merchant_closed");
  const opened = openOrNull(row);
  if (!opened) return fail("account_shut", "account");
  const channel = Object.hasOwn(opened.gateway.payoutChannels, input.channel) ? opened.gateway.payoutChannels[input.channel] : undefined;
  if (!channel || !opened.account.payout) return fail("payout_unsupported", "channel");
  const amount = parseMoney(input.amountText.trim(), CURRENCY);
  if (isMoneyProblem(amount)) return fail(`amount_${amount}`, "amount");
  if (amount.minor === 0n) return fail("amount_zero", "amount");
  const wrong = recipientProblem(input.recipient, channel.banks);
  if (wrong) return fail(wrong.code, wrong.field);
  const intent = await writeIntent(database, input, amount.minor, also);
  if (!intent.ok || !intent.value.fresh) return intent;
  await send(database, opened, intent.value.payout, input.recipient);
  return { ok: true, value: { payoutId: intent.value.payoutId } };
}

const NUMBER = /^\d{8,32}$/;

function recipientProblem(
  recipient: PayoutAccount,
  banks: readonly { code: string }[],
): { code: ProblemCode; field: keyof PayoutAccount } | null {
  if (!NUMBER.test(recipient.number)) return { code: "recipient_number_invalid", field: "number" };
  if (!recipient.name.trim()) return { code: "recipient_name_missing", field: "name" };
  if (banks.length > 0 && !banks.some(({ code }) => code === recipient.bankCode)) return { code: "bank_unknown", field: "bankCode" };
  return null;
}

type Intent = { payoutId: string; fresh: true; payout: Payout } | { payoutId: string; fresh: false };

async function writeIntent(database: Database, input: PayOut, amount: bigint, also: Also): Promise<Result<Intent>> {
  return inTransaction(database, async (tx): Promise<Result<Intent>> => {
    const id = newId("payout");
    const now = new Date();
    const payout = await insertPayout(tx, {
      id,
      merchantId: input.merchantId,
      accountId: input.accountId,
      channel: input.channel,
      payoutNo: newGatewayNumber(now),
      currency: CURRENCY,
      amount,
      state: "sent",
      recipient: sealFor("payouts.recipient", id, JSON.stringify(input.recipient)),
      recipientEnding: input.recipient.number.slice(-4),
      remark: storableText(input.remark.trim().slice(0, REMARK_MAX)),
      requestedBy: input.actor,
      idempotencyKey: input.idempotencyKey,
      nextTryAt: new Date(now.getTime() + payoutQuerySeconds(0) * 1000),
    });
    if (payout) {
      const data = { channel: input.channel, account: input.accountId, payoutNo: payout.payoutNo, ...amountData(moneyOf(payout)) };
      await savePayout(tx, payout, [{ type: "payout.sent", actor: input.actor, data }]);
      await also(tx, id);
      return { ok: true, value: { payoutId: id, fresh: true, payout } };
    }
    const known = await payoutByKey(tx, input.merchantId, input.idempotencyKey);
    if (!known) throw new Error(`payout key ${input.idempotencyKey}: neither written nor known`);
    // All of it: a name put right after a failure is another payout, though the number ends alike.
    const same =
      known.accountId === input.accountId &&
      known.channel === input.channel &&
      known.amount === amount &&
      unsealFor("payouts.recipient", known.id, known.recipient) === JSON.stringify(input.recipient);
    return same ? { ok: true, value: { payoutId: known.id, fresh: false } } : fail("form_changed", "amount");
  });
}

async function send(database: Database, opened: Opened, payout: Payout, recipient: PayoutAccount): Promise<void> {
  const { account, row } = opened;
  if (!account.payout) throw new Error(`payout ${payout.id}: ${row.gateway} cannot pay out`);
  const outcome = await account
    .payout(payout.channel, {
      payoutNo: payout.payoutNo,
      amount: moneyOf(payout),
      account: recipient,
      remark: payout.remark,
      notifyUrl: `${env().PUBLIC_URL}/api/notify/${row.gateway}/${row.id}/payout`,
      clientIp: "127.0.0.1",
    })
    .catch((error: Error): Outcome<PayoutStanding> => ({ ok: false, kind: "unknown", message: error.message }));
  await inTransaction(database, async (tx) => {
    const locked = await lockPayout(tx, payout.id);
    if (!locked) throw new Error(`payout ${payout.id} vanished`);
    await settlePayout(tx, locked, standingOf(outcome), "create", {
      problem: !outcome.ok && outcome.kind === "unreachable" ? "gateway_unreachable" : "gateway_refused",
      message: outcome.ok ? undefined : outcome.message,
      flag: isTaken(outcome) ? "the gateway says that it has this number already" : undefined,
    });
  }).finally(() => opened.flush(database, { orderId: null, attemptId: null }));
}

/** A number that is taken was taken by us, though it was sent once: whatever a query says of it, a person has to look. */
function isTaken(outcome: Outcome<PayoutStanding>): boolean {
  return !outcome.ok && outcome.kind === "refused" && outcome.code === "duplicate_number";
}

/** A refusal, and a request that surely never left, moved no money: both end the payout. All else stays open. */
function standingOf(outcome: Outcome<PayoutStanding>): PayoutStanding {
  if (outcome.ok) return outcome.value;
  if (outcome.kind === "unknown") return { kind: "unknown", gatewayRef: null, amount: null };
  const taken = isTaken(outcome);
  const code = outcome.kind === "refused" ? (outcome.gatewayCode ?? outcome.code) : undefined;
  return { kind: taken ? "unknown" : "failed", gatewayRef: null, amount: null, ...(code && { code }) };
}
