"use server";
import { redirect } from "next/navigation";
import { refusalText } from "#app/(dashboard)/refusal.ts";
import type { BalanceState } from "#components/dashboard/balance-form.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { db, inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { readPayout } from "#db/queries/dashboard-payouts.ts";
import { currentLocale } from "#lib/action.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import { translator } from "#lib/i18n/translator.ts";
import { log } from "#lib/log.ts";
import { readBalance } from "#lib/payments/read-balance.ts";
import { recheckPayout } from "#lib/payments/recheck-payout.ts";
import { rateLimiter } from "#lib/rate-limit.ts";
import { openAction } from "#lib/staff.ts";

const limiter = rateLimiter();
const ASK_RATE = { most: 1, perMs: 5000 };

/** Asks the gateway for one balance of an account, and says it with the time at which it was true. */
export async function showBalance(_before: BalanceState | null, form: FormData): Promise<BalanceState> {
  const locale = await currentLocale();
  const t = translator(locale, "dashboard");
  const problem = translator(locale, "problem");
  const opened = await openAction("payouts.balance", form);
  if (!opened.ok) return { lines: [], at: null, problem: await refusalText(opened.problem) };
  const { merchant } = opened;
  const [accountId, name] = [String(form.get("account") ?? ""), String(form.get("name") ?? "")];
  const read = await readBalance({ merchantId: merchant.id, accountId, name });
  if (!read.ok) return { lines: [], at: null, problem: problem(read.problem.code as "forbidden") };
  const outcome = read.value;
  if (!outcome.ok) return { lines: [], at: null, problem: t(`accounts.test_${outcome.kind}`, { message: outcome.message }) };
  const lines = (["available", "total", "frozen", "unsettled"] as const).flatMap((part): [string, string][] => {
    const money = outcome.value[part];
    return money ? [[t(`payouts.balance_${part}`), moneyText({ amount: money.minor, currency: money.currency }, locale)]] : [];
  });
  return { lines, at: formatMoment(new Date(), locale, merchant.timeZone), problem: null };
}

/** Asks the gateway about one payout now, at most every five seconds. */
export async function askNow(form: FormData): Promise<void> {
  const opened = await openAction("payouts.ask", form);
  const payoutId = String(form.get("payout") ?? "");
  if (!opened.ok)
    redirect(opened.problem === "origin" ? `/dashboard/payouts/${encodeURIComponent(payoutId)}?said=origin` : "/dashboard/payouts");
  const { merchant, actor } = opened;
  const payout = await readPayout(db(), merchant.id, payoutId);
  if (!payout) redirect("/dashboard/payouts");
  const at = `/dashboard/payouts/${payout.id}`;
  if (!limiter.allow(payout.id, ASK_RATE)) redirect(`${at}?said=soon`);
  const target = { kind: "payout", id: payout.id };
  await inTransaction(db(), (tx) => appendAudit(tx, { actor, merchantId: merchant.id, action: "payouts.ask", target, detail: {} }));
  // Null too where its account cannot be opened any more (its gateway was removed, its keys are lost).
  const asked = await recheckPayout(payout.id).catch((error: Error) => {
    log.error({ payout: payout.id, error: error.name }, "payout not asked about");
    return null;
  });
  redirect(`${at}?said=${asked ? "asked" : "unasked"}`);
}
