import { describe, expect, it } from "vitest";
import { codesOf } from "#lib/api/openapi.ts";
import { type ApiCode, isOwnCode } from "#lib/api/problems.ts";
import { reachableCodes } from "#lib/api/reachable-codes-testing.ts";
import { OPERATIONS } from "#lib/api/registry.ts";
import { wireCode } from "#lib/api/result.ts";

/** Of a link's terms: what forms without a schema may be told. */
const TERMS = ["title_too_long", "text_too_long", "stock_range", "fields_too_many", "field_kind_invalid", "field_length_invalid"] as const;

/** What the walk through the source finds and no caller of that operation gets, with the reason. A line that is not needed fails. */
const NEVER: Record<string, Partial<Record<ApiCode, string>>> = {
  "orders.create": {
    title_too_long: "the body's schema has the same limit",
    lifetime_invalid: "the body's schema has the same limits",
    not_found: "of an order it has just opened, an attempt it has just made",
    gateway_unclear: "an unclear create is an attempt in state unknown, which is no problem",
    amount_missing: "the till's own form",
  },
  "orders.expire": { cursor_invalid: "a variable of expireOrder is called page" },
  "attempts.create": {
    gateway_unclear: "an unclear create is an attempt in state unknown, which is no problem",
    ...notOfAnOrderThatIsThere(),
  },
  "refunds.create": {
    form_changed: "a key's seed never comes with another body (422 idempotency_key_reused)",
    refund_pending: "kept in the refund's row",
    refund_unsupported: "kept in the refund's row",
    refund_refused: "kept in the refund's row",
  },
  "links.create": { ...inTheSchema("currency_unsupported", ...TERMS), ...inTheSchema("slug_invalid") },
  "links.update": inTheSchema("currency_unsupported", ...TERMS),
  "webhook_endpoints.create": inTheSchema("text_too_long", "format_unavailable"),
  "webhook_endpoints.update": inTheSchema("text_too_long", "format_unavailable"),
  "webhook_endpoints.roll_secret": inTheSchema("overlap_invalid"),
  "accounts.balance": { account_not_found: "said as not_found", payout_unsupported: "said as operation_not_supported" },
  "accounts.rate": { account_not_found: "said as not_found", payout_unsupported: "said as operation_not_supported" },
  "sandbox.wallet_code": { not_found: "the control API always has this path" },
};

function inTheSchema(...codes: ApiCode[]): Partial<Record<ApiCode, string>> {
  return Object.fromEntries(codes.map((code) => [code, "the body's schema has the same limit"]));
}

function notOfAnOrderThatIsThere() {
  const codes = ["amount_missing", "reference_invalid", "amount_format", "amount_places", "amount_range", "account_not_found"] as const;
  const more = ["reference_taken", "title_missing", "title_too_long", "amount_zero", "url_invalid", "lifetime_invalid"] as const;
  return Object.fromEntries([...codes, ...more].map((code) => [code, "scanPay opens no order here"]));
}

describe("every code an operation can answer", () => {
  it.each(OPERATIONS.map((one) => [one.id, one] as const))("%s has in its documentation", (id, one) => {
    const told = new Set<ApiCode>(codesOf(one));
    const never = NEVER[id] ?? {};
    const untold = new Map([...reachableCodes(id)].map(([code, place]) => [isOwnCode(code) ? code : wireCode(code), place]));
    for (const code of untold.keys()) if (told.has(code)) untold.delete(code);
    const undocumented = [...untold].filter(([code]) => never[code] === undefined).map(([code, place]) => `${code} (${place})`);
    expect(undocumented).toEqual([]);
    expect(Object.keys(never).filter((code) => !untold.has(code as ApiCode))).toEqual([]);
  });

  it("is looked for where it is made: a walk that finds nothing proves nothing", () => {
    expect(reachableCodes("orders.create").get("channel_down")).toBe("lib/payments/try-accounts.ts tryAccounts");
    expect(reachableCodes("links.update").get("amount_missing")).toBe("lib/domain/link-terms.ts amountOf");
    expect(reachableCodes("deliveries.replay").get("replay_too_many")).toBe("lib/webhooks/replay.ts replayDeliveries");
  });
});
