"use server";
import { redirect } from "next/navigation";
import type { BalanceState } from "#components/dashboard/balance-form.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { db } from "#db/client.ts";
import { readPayout } from "#db/queries/dashboard-payouts.ts";
import { currentLocale } from "#lib/action.ts";
import { can, fromOwnPage, merchantsOf, requireUser } from "#lib/auth.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import { translator } from "#lib/i18n/translator.ts";
import { log } from "#lib/log.ts";
import { readBalance } from "#lib/payments/read-balance.ts";
import { recheckPayout } from "#lib/payments/recheck-payout.ts";
import { rateLimiter } from "#lib/rate-limit.ts";

const limiter = rateLimiter();
const ASK_RATE = { most: 1, perMs: 5000 };

/** Asks the gateway for one balance of an account, and says it with the time at which it was true. */
export async function showBalance(_before: BalanceState | null, form: FormData): Promise<BalanceState> {
  const locale = await currentLocale();
  const t = translator(locale, "dashboard");
  const problem = translator(locale, "problem");
  const user = await requireUser("/dashboard/payouts");
  const merchant = (await merchantsOf(user)).find((one) => one.id === form.get("merchant"));
  if (!(await fromOwnPage())) return { lines: [], at: null, problem: problem("origin_mismatch") };
  if (!merchant || !can(user, merchant.id, "view_payouts")) return { lines: [], at: null, problem: problem("forbidden") };
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
  const user = await requireUser("/dashboard/payouts");
  const merchant = (await merchantsOf(user)).find((one) => one.id === form.get("merchant"));
  const payout =
    merchant && can(user, merchant.id, "view_payouts") ? await readPayout(db(), merchant.id, String(form.get("payout") ?? "")) : null;
  if (!payout) redirect("/dashboard/payouts");
  const at = `/dashboard/payouts/${payout.id}`;
  if (!(await fromOwnPage())) redirect(`${at}?said=origin`);
  if (!limiter.allow(payout.id, ASK_RATE)) redirect(`${at}?said=soon`);
  // An account that can no longer be opened (its gateway was removed, its keys are lost) cannot ask.
  const asked = await recheckPayout(payout.id).catch((error: Error) => {
    log.error({ payout: payout.id, error: error.name }, "payout not asked about");
    return null;
  });
  redirect(`${at}?said=${asked ? "asked" : "unasked"}`);
}
