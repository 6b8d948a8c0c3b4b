"use server";

import { z } from "zod";
import { shopperAction } from "#lib/action.ts";
import { openOrderFromLink } from "#lib/payments/checkout-link.ts";
import { withProblem } from "#lib/problem-address.ts";

const SLUG = /^[\w-]{1,80}$/;

/** Opens the order of a link's visitor and goes to its checkout; a problem comes back with what was typed. */
export async function openAction(form: FormData): Promise<void> {
  await shopperAction(form, {
    name: "open",
    schema: z.object({
      slug: z.string().regex(SLUG),
      key: z.string().regex(/^[\w-]{8,40}$/),
      amount: z.string().max(40).optional(),
    }),
    subject: (input) => input.slug,
    // A link may hang on a shop's wall: many people, few tries each.
    rates: { perIp: { most: 30, perMs: 60_000 }, perSubject: { most: 600, perMs: 60_000 } },
    invalid: "amount_format",
    back: (problem, sent) => {
      const slug = sent.get("slug");
      const amount = sent.get("amount");
      const kept = typeof amount === "string" && amount !== "" ? { amount: amount.slice(0, 20) } : undefined;
      return withProblem(`/l/${typeof slug === "string" && SLUG.test(slug) ? slug : "unknown"}`, problem, kept);
    },
    run: async (input, shopper) => {
      const { slug, key: idempotencyKey } = input;
      const opened = await openOrderFromLink({ slug, amountText: input.amount ?? null, locale: shopper.locale, idempotencyKey });
      return opened.ok ? { ok: true, value: `/pay/${opened.value.token}` } : opened;
    },
  });
}
