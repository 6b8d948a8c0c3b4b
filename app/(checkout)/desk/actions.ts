"use server";

import { z } from "zod";
import { shopperAction } from "#lib/action.ts";
import { DESK_QUERY_MAX } from "#lib/domain/desk.ts";
import { openOrderFromDesk } from "#lib/payments/desk.ts";
import { deskAddress } from "./query.ts";

/** Opens the order of a cashier entry address, which is judged anew: the form is not believed to carry what the page showed. */
export async function deskAction(form: FormData): Promise<void> {
  await shopperAction(form, {
    name: "desk",
    schema: z.object({ query: z.string().max(DESK_QUERY_MAX), key: z.string().regex(/^[\w-]{8,40}$/) }),
    subject: (input) => new URLSearchParams(input.query).get("merchant_no") ?? "",
    rates: { perIp: { most: 30, perMs: 60_000 }, perSubject: { most: 600, perMs: 60_000 } },
    invalid: "desk_query_invalid",
    back: (problem, sent) => {
      const query = sent.get("query");
      return deskAddress(typeof query === "string" ? query.slice(0, DESK_QUERY_MAX) : "", problem);
    },
    run: async (input, shopper) => {
      const { query, key: formKey } = input;
      const opened = await openOrderFromDesk({ query, browser: shopper.browser, locale: shopper.locale, formKey });
      return opened.ok ? { ok: true, value: `/pay/${opened.value.token}` } : opened;
    },
  });
}
