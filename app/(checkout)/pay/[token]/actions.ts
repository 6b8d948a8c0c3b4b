"use server";

import { cookies } from "next/headers";
import { z } from "zod";
import { shopperAction } from "#lib/action.ts";
import { METHODS } from "#lib/domain/methods.ts";
import { isForShoppers } from "#lib/domain/offer.ts";
import { cancelOrder } from "#lib/payments/close-order.ts";
import { openidAddress, openidFromCookies } from "#lib/payments/openid.ts";
import { iHavePaid } from "#lib/payments/recheck-attempt.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import { withProblem } from "#lib/problem-address.ts";

const TOKEN = /^[0-9a-hjkmnp-tv-z]{20,32}$/;
const token = z.string().regex(TOKEN);

/** Starts paying by a method, or takes up the try of that method which is still alive. */
export async function startAction(form: FormData): Promise<void> {
  await shopperAction(form, {
    name: "start",
    schema: z.object({ token, method: z.enum(METHODS).refine(isForShoppers) }),
    subject: (input) => input.token,
    rates: { perIp: { most: 60, perMs: 60_000 }, perSubject: { most: 20, perMs: 60_000 } },
    invalid: "method_unavailable",
    back: (problem, sent) => withProblem(pageOf(sent), problem),
    run: async (input, shopper) => {
      const openid = input.method === "wechat.jsapi" ? await openidFromCookies(await cookies(), input.token) : undefined;
      const started = await startAttempt({ ...input, shopper, openid });
      if (started.ok) return { ok: true, value: `/pay/${input.token}?go=1` };
      const hop = started.problem.code === "openid_missing" ? await openidAddress(input) : null;
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

/** The page a form came from; a token that is none leads nowhere but to our own "nothing here". */
function pageOf(sent: FormData): string {
  const given = sent.get("token");
  return `/pay/${typeof given === "string" && TOKEN.test(given) ? given : "unknown"}`;
}
