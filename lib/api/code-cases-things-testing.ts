import { sql } from "drizzle-orm";
import { type Case, type Cases, type Stage, TEA } from "#lib/api/code-stage-testing.ts";
import { openOrderFromLink } from "#lib/payments/checkout-link.ts";

const LINK = { title: "Tea", currency: "HKD", amount: "1.00" };

const link =
  (more: object): Case =>
  ({ shop }) =>
    shop.post("/links", { title: "Tea", currency: "HKD", ...more });

const field = (more: object) => link({ amount: "1.00", fields: [{ label: "Name", kind: "text", ...more }] });

/** A link with room for five pieces of which two are taken, changed. */
const takenLink =
  (change: object): Case =>
  async ({ shop, world }) => {
    const { id, slug } = (await shop.post("/links", { ...LINK, stock: 5 })).body;
    for (const key of [crypto.randomUUID(), crypto.randomUUID()])
      await openOrderFromLink({ slug, amountText: null, quantity: null, locale: "en", idempotencyKey: key }, world.database);
    return shop.patch(`/links/${id}`, change);
  };

async function told({ shop, world }: Stage): Promise<{ endpoint: string; delivery: string }> {
  const endpoint = (await shop.post("/webhook-endpoints", { url: `${world.origin}/hook`, event_types: ["order.created"] })).body.id;
  await shop.post("/orders", TEA);
  return { endpoint, delivery: (await shop.get(`/deliveries?endpoint=${endpoint}`)).body.data[0].id };
}

const span = (hours: number) => ({
  from: new Date(Date.now() - 3_600_000).toISOString(),
  to: new Date(Date.now() + hours * 3_600_000).toISOString(),
});

/** Links, webhook endpoints and their deliveries. */
export const THING_CASES: Cases = {
  amount_missing: link({ choices: [{ label: "a", amount: "" }] }),
  pricing_invalid: link({}),
  choices_invalid: link({ choices: [] }),
  choice_label_invalid: link({ choices: ["a", "a"].map((label) => ({ label, amount: "1.00" })) }),
  limits_invalid: link({ min_amount: "2.00", max_amount: "1.00" }),
  suggested_outside: link({ min_amount: "1.00", max_amount: "2.00", suggested_amount: "3.00" }),
  quantity_range: link({ amount: "99999999999.00", quantity_max: 9 }),
  quantity_not_here: link({ min_amount: "1.00", max_amount: "2.00", quantity_max: 2 }),
  time_invalid: link({ amount: "1.00", expires_at: "tomorrow" }),
  times_invalid: link({ amount: "1.00", opens_at: "2030-01-02T00:00:00Z", expires_at: "2030-01-01T00:00:00Z" }),
  field_key_invalid: field({ key: "Choice!" }),
  field_label_invalid: field({ label: " " }),
  field_options_invalid: field({ kind: "choice", options: ["one"] }),
  locale_invalid: link({ amount: "1.00", locale: "de" }),
  slug_taken: async (stage) => {
    await link({ amount: "1.00", slug: "case-slug" })(stage);
    return link({ amount: "1.00", slug: "case-slug" })(stage);
  },
  stock_below_taken: takenLink({ stock: 1 }),
  once_below_taken: takenLink({ reusable: false }),

  event_types_invalid: ({ shop, world }) =>
    shop.post("/webhook-endpoints", { url: `${world.origin}/hook`, format: "fengniao", event_types: ["order.created"] }),
  format_untestable: async ({ shop, world }) => {
    const { id } = (await shop.post("/webhook-endpoints", { url: `${world.origin}/hook`, format: "fengniao" })).body;
    return shop.post(`/webhook-endpoints/${id}/test`);
  },
  secrets_limit: async (stage) => {
    const { endpoint } = await told(stage);
    const roll = () => stage.shop.post(`/webhook-endpoints/${endpoint}/roll-secret`, {});
    for (let nth = 0; nth < 4; nth += 1) await roll();
    return roll();
  },
  endpoint_disabled: async (stage) => {
    const { endpoint, delivery } = await told(stage);
    await stage.shop.patch(`/webhook-endpoints/${endpoint}`, { status: "disabled" });
    return stage.shop.post(`/deliveries/${delivery}/resend`);
  },
  endpoint_limit: async ({ shop, world }) => {
    for (let nth = 0; nth < 16; nth += 1) await shop.post("/webhook-endpoints", { url: `${world.origin}/hook` });
    return shop.post("/webhook-endpoints", { url: `${world.origin}/hook` });
  },
  replay_range: ({ shop }) => shop.post("/deliveries/replay", { from: span(1).to, to: span(1).from }),
  replay_empty: ({ shop }) => shop.post("/deliveries/replay", { from: "2020-01-01T00:00:00Z", to: "2020-01-02T00:00:00Z" }),
  replay_too_many: async (stage) => {
    const { endpoint } = await told(stage);
    await stage.world.database.execute(sql`insert into deliveries (id, merchant_id, endpoint_id, sequence, type, body, state)
      select ${`msg_${endpoint}_`} || n, ${stage.world.merchantId}, ${endpoint}, 1, 'order.created', '{}', 'dead' from generate_series(1, 10001) n`);
    return stage.shop.post("/deliveries/replay", { ...span(1), endpoint });
  },
};
