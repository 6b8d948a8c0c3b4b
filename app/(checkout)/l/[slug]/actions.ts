"use server";

import { z } from "zod";
import { currentLocale, shopperAction } from "#lib/action.ts";
import { FIELD_INPUTS } from "#lib/domain/link.ts";
import { openOrderFromLink } from "#lib/payments/checkout-link.ts";
import { withProblem } from "#lib/problem-address.ts";
import { rememberOrder } from "./own-order.ts";
import { linkOf } from "./read.ts";
import { forgetTyped, keepTyped } from "./typed.ts";

const SLUG = /^[\w-]{1,80}$/;
const answer = z.string().max(400).optional();

/** Opens the order of a link's visitor and goes to its checkout; a problem comes back with what was typed. */
export async function openAction(form: FormData): Promise<void> {
  await shopperAction(form, {
    name: "open",
    schema: z.object({
      slug: z.string().regex(SLUG),
      key: z.string().regex(/^[\w-]{8,40}$/),
      revision: z.coerce.number().int().positive().optional(),
      amount: z.string().max(40).optional(),
      choice: z.string().max(5).optional(),
      quantity: z.string().max(10).optional(),
      field_a: answer,
      field_b: answer,
      field_c: answer,
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
      const { slug, key: idempotencyKey, amount, choice, quantity, revision } = input;
      const link = await linkOf(slug);
      const locale = link && link !== "broken" ? await currentLocale(link.locale) : shopper.locale;
      const answers = FIELD_INPUTS.map((name) => input[name] ?? null);
      const sent = { slug, amountText: amount ?? null, choice, quantity, answers, revision, locale, idempotencyKey };
      const opened = await openOrderFromLink(sent);
      if (!opened.ok) {
        await keepTyped(slug, input);
        return opened;
      }
      await forgetTyped(slug);
      await rememberOrder(slug, opened.value.token);
      return { ok: true, value: `/pay/${opened.value.token}` };
    },
  });
}
