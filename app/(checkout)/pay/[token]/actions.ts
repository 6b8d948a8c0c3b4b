"use server";

import { cookies } from "next/headers";
import { z } from "zod";
import { shopperAction } from "#lib/action.ts";
import { type Answers, CARDS } from "#lib/domain/asks.ts";
import type { Problem } from "#lib/domain/errors.ts";
import { METHODS } from "#lib/domain/methods.ts";
import { isForShoppers } from "#lib/domain/offer.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { openidAddress, openidNames, openidOf } from "#lib/payments/openid.ts";
import { iHavePaid } from "#lib/payments/recheck-attempt.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { withProblem } from "#lib/problem-address.ts";

const TOKEN = /^[0-9a-hjkmnp-tv-z]{20,32}$/;
const token = z.string().regex(TOKEN);

const text = z.string().max(200).default("");
/** What the page of a method that asks sends along (`?ask=`). Checked by the use case, which knows what was asked. */
const ANSWERS = {
  bank: text,
  card: z.enum(CARDS).catch("any"),
  card_number: text,
  payer_bank: text,
  payer_name: text,
  payer_account: text,
};
const FIELDS = ["bank", "card_number", "payer_bank", "payer_name", "payer_account"] as const;
type Sent = Record<(typeof FIELDS)[number], string> & { card: (typeof CARDS)[number] };

/** Starts paying by a method, or takes up the try of that method which is still alive. */
export async function startAction(form: FormData): Promise<void> {
  await shopperAction(form, {
    name: "start",
    schema: z.object({ token, method: z.enum(METHODS).refine(isForShoppers), ...ANSWERS }),
    subject: (input) => input.token,
    rates: { perIp: { most: 60, perMs: 60_000 }, perSubject: { most: 20, perMs: 60_000 } },
    invalid: "method_unavailable",
    back: (problem, sent) => withProblem(pageOf(sent), problem, aboutAnswer(problem) ? { ask: String(sent.get("method")) } : {}),
    run: async (input, shopper) => {
      const jar = await cookies();
      const { token, method } = input;
      const openid = (accountId: string): string | undefined => openidOf(jar, accountId);
      const started = await startAttempt({ token, method, shopper, openid, ...answersOf(input) });
      if (started.ok) return { ok: true, value: `/pay/${token}?go=1` };
      // The method asks, and the page that asks has not been seen yet: no problem, just the next page.
      if (aboutAnswer(started.problem) && !answered(input)) return { ok: true, value: `/pay/${token}?ask=${method}` };
      // The openid may be a false one that a link planted: the next try asks for it anew.
      if (method === "wechat.jsapi" && started.problem.code === "gateway_refused") for (const name of openidNames(jar)) jar.delete(name);
      const hop = started.problem.code === "openid_missing" ? await openidAddress({ token, cookies: jar }) : null;
      return hop ? { ok: true, value: hop } : started;
    },
  });
}

/** "I have paid": the gateway is asked (each try at most once in five seconds) and the page shows what the database says. */
export async function paidAction(form: FormData): Promise<void> {
  await shopperAction(form, {
    name: "paid",
    schema: z.object({ token }),
    subject: (input) => input.token,
    rates: { perIp: { most: 60, perMs: 60_000 }, perSubject: { most: 20, perMs: 60_000 } },
    invalid: "order_not_found",
    back: (problem, sent) => (problem.code === "nothing_to_recheck" ? pageOf(sent) : withProblem(pageOf(sent), problem)),
    run: async (input) => {
      const asked = await iHavePaid(input.token);
      return asked.ok ? { ok: true, value: `/pay/${input.token}?asked=1` } : asked;
    },
  });
}

/** Cancels the order and goes back to the shop. The gateway is asked first: what is paid stays paid and is shown. */
export async function cancelAction(form: FormData): Promise<void> {
  await shopperAction(form, {
    name: "cancel",
    schema: z.object({ token }),
    subject: (input) => input.token,
    rates: { perIp: { most: 20, perMs: 60_000 }, perSubject: { most: 5, perMs: 60_000 } },
    invalid: "order_not_found",
    back: (problem, sent) => withProblem(pageOf(sent), problem),
    run: async (input) => {
      const cancelled = await cancelOrder({ token: input.token, actor: "shopper" });
      if (!cancelled.ok) return cancelled;
      return { ok: true, value: `/pay/${input.token}` };
    },
  });
}

function answersOf(sent: Sent): Answers {
  const payer = { bankCode: sent.payer_bank, name: sent.payer_name, account: sent.payer_account };
  return { bank: { code: sent.bank, card: sent.card }, cardNumber: sent.card_number, payer };
}

function answered(sent: Sent): boolean {
  return FIELDS.some((one) => sent[one] !== "");
}

function aboutAnswer({ field }: Problem): boolean {
  return FIELDS.some((one) => one === field);
}

/** The page a form came from; a token that is none leads nowhere but to our own "nothing here". */
function pageOf(sent: FormData): string {
  const given = sent.get("token");
  return `/pay/${typeof given === "string" && TOKEN.test(given) ? given : "unknown"}`;
}
