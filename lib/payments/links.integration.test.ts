import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFigures, readTakings } from "#db/queries/link-figures.ts";
import { listLinks, ownLink } from "#db/queries/links.ts";
import { orderById } from "#db/queries/orders.ts";
import { merchants } from "#db/schema/merchants.ts";
import { newId } from "#lib/domain/ids.ts";
import { openOrderFromLink, readLink } from "#lib/payments/checkout-link.ts";
import { createLink } from "#lib/payments/create-link.ts";
import { editLink } from "#lib/payments/edit-link.ts";
import { type CreateLinkInput, createLinkInput, type EditLinkInput, editLinkInput, linkReply, linkWire } from "#lib/payments/link-input.ts";
import { countVisit, flushVisits } from "#lib/payments/link-visits.ts";
import { reactivateLink, retireLink } from "#lib/payments/retire-link.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";
import { sealFor } from "#lib/secrets.ts";

let world: World;
let stranger: string;
beforeAll(async () => {
  world = await testWorld();
  stranger = newId("merchant");
  const webhookSecret = sealFor("merchants.webhook_secret", stranger, "whsec_x");
  await world.database.insert(merchants).values({ id: stranger, name: "Other", webhookSecret });
});
afterAll(() => world.close());

const create = (link: Partial<CreateLinkInput>, live = false) =>
  createLink({ merchantId: world.merchantId, live, link: { title: "Tea", currency: "HKD", ...link } }, world.database);
const made = async (link: Partial<CreateLinkInput>) => {
  const result = await create(link);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};
const edit = (linkId: string, change: EditLinkInput, merchantId = world.merchantId) =>
  editLink({ merchantId, linkId, change }, world.database);
const open = (slug: string, more: Partial<Parameters<typeof openOrderFromLink>[0]> = {}) =>
  openOrderFromLink({ slug, amountText: null, locale: "en", idempotencyKey: crypto.randomUUID(), ...more }, world.database);
const order = async (result: Awaited<ReturnType<typeof open>>) => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return orderById(world.database, result.value.orderId);
};

const FULL = {
  title: "Set dinner",
  currency: "HKD",
  description: "For two",
  choices: [
    { label: "Duck", amount: "388.00" },
    { label: "Fish", amount: "288.50" },
  ],
  quantity_max: 4,
  stock: 100,
  expires_at: "2099-01-01T00:00:00.000Z",
  fields: [{ key: "table", label: "Table", kind: "number", required: true, max_length: 3, options: [] }],
  notify_url: "https://shop.example/hook",
  return_url: "https://shop.example/thanks",
  success_message: "See you!",
  locale: "zh-HK",
} satisfies CreateLinkInput;

describe("making a link", () => {
  it("what the schema takes is kept, and told again in the same words", async () => {
    const body = { ...FULL, slug: "dinner-1", account: world.accountId };
    const link = await made(createLinkInput.parse(body));
    const told = linkReply.parse(linkWire(link));
    expect(told).toMatchObject({ ...body, live: false, active: true, reusable: true, amount: null });
    const { id, slug: _s, live: _l, active: _a, created_at: _c, ...terms } = told;
    const again = await edit(id, editLinkInput.parse(terms));
    expect(again.ok && linkWire(again.value)).toEqual(told);
  });

  it("without a slug one is made up that fits an address; a taken one is refused, whoever has it", async () => {
    expect((await made({ amount: "1" })).slug).toMatch(/^[0-9a-z]{10}$/);
    await made({ amount: "1", slug: "mine" });
    const taken = createLink(
      { merchantId: stranger, live: true, link: { title: "x", currency: "CNY", amount: "1", slug: "mine" } },
      world.database,
    );
    expect(await taken).toMatchObject({ problem: { code: "slug_taken", field: "slug" } });
  });

  it.each<[Partial<CreateLinkInput>, string, string]>([
    [{ amount: "1", slug: "a b" }, "slug_invalid", "slug"],
    [{ amount: "1", expires_at: "2020-01-01T00:00:00Z" }, "times_invalid", "expires_at"],
    [{ amount: "1", notify_url: "javascript:alert(1)" }, "url_invalid", "notify_url"],
    [{ amount: "1", return_url: "https://u:p@shop.example" }, "url_invalid", "return_url"],
    [{ amount: "1", locale: "fr" }, "locale_invalid", "locale"],
    [{ amount: "1", account: "acc_nobody" }, "account_not_found", "account"],
    [{}, "pricing_invalid", "amount"],
  ])("%j is refused: %s at %s", async (link, code, field) => {
    expect(await create(link)).toMatchObject({ problem: { code, field } });
  });

  it("a test account cannot take a live link's money", async () => {
    expect(await create({ amount: "1", account: world.accountId }, true)).toMatchObject({ problem: { code: "account_not_found" } });
  });

  it("a NUL and half an emoji in the merchant's words are kept as something that can be", async () => {
    const link = await made({ amount: "1", title: "a\u0000b", fields: [{ label: "q\ud83d", kind: "text" }] });
    expect([link.title, link.fields[0]?.label]).toEqual(["a␀b", "q\ufffd"]);
  });
});

describe("editing and closing a link", () => {
  it("what is absent stays, null clears, a new way of pricing takes the place of the old one", async () => {
    const link = await made({ ...FULL, slug: "edited" });
    const entered = await edit(link.id, { min_amount: "1", max_amount: "9", success_message: null });
    expect(entered.ok && linkWire(entered.value)).toMatchObject({
      ...{ choices: null, amount: null, min_amount: "1.00", max_amount: "9.00", quantity_max: null },
      ...{ success_message: null, description: "For two", return_url: FULL.return_url },
    });
    const fixed = await edit(link.id, { amount: "5" });
    expect(fixed.ok && linkWire(fixed.value)).toMatchObject({ amount: "5.00", min_amount: null, max_amount: null });
    expect(await edit(link.id, { title: " " })).toMatchObject({ problem: { code: "title_missing", field: "title" } });
  });

  it("a page drawn before an edit is drawn anew rather than charge another price", async () => {
    const link = await made({ amount: "10" });
    const drawn = await readLink(link.slug, world.database);
    await edit(link.id, { amount: "20" });
    expect(await open(link.slug, { revision: drawn?.revision ?? 0 })).toMatchObject({ problem: { code: "link_changed" } });
    const now = await readLink(link.slug, world.database);
    expect((await order(await open(link.slug, { revision: now?.revision ?? 0 })))?.amount).toBe(2000n);
  });

  it("closed opens nothing more, opened again it does; both may be said twice", async () => {
    const link = await made({ amount: "1" });
    const which = { merchantId: world.merchantId, linkId: link.id };
    for (let twice = 0; twice < 2; twice += 1) expect((await retireLink(which, world.database)).ok).toBe(true);
    expect(await open(link.slug)).toMatchObject({ problem: { code: "link_inactive" } });
    for (let twice = 0; twice < 2; twice += 1) expect((await reactivateLink(which, world.database)).ok).toBe(true);
    expect((await open(link.slug)).ok).toBe(true);
  });

  it("another merchant's link is as unknown as one that does not exist", async () => {
    const link = await made({ amount: "1" });
    for (const linkId of [link.id, "lnk_nobody"]) {
      const which = { merchantId: stranger, linkId };
      expect(await retireLink(which, world.database)).toMatchObject({ problem: { code: "link_not_found" } });
      expect(await reactivateLink(which, world.database)).toMatchObject({ problem: { code: "link_not_found" } });
      expect(await edit(linkId, { title: "x" }, stranger)).toMatchObject({ problem: { code: "link_not_found" } });
      expect(await ownLink(world.database, stranger, linkId)).toBeNull();
    }
    expect((await ownLink(world.database, world.merchantId, link.id))?.title).toBe("Tea");
  });
});

describe("a shopper at a link", () => {
  it("choice, pieces and answers make the order; they stand in its metadata and its title", async () => {
    const link = await made({ ...FULL, slug: "dinner-2" });
    const made2 = await order(await open(link.slug, { amountText: "0.01", choice: "0", quantity: "2", answers: ["12"] }));
    expect(made2).toMatchObject({
      ...{ amount: 77_600n, currency: "HKD", quantity: 2, title: "Set dinner · Duck × 2", linkId: link.id },
      ...{ metadata: { table: "12", choice: "Duck", quantity: "2" }, successMessage: "See you!", returnUrl: FULL.return_url },
    });
    expect(await open(link.slug, { choice: "0", quantity: "2", answers: ["1.5"] })).toMatchObject({
      problem: { code: "answer_number", field: "field_a" },
    });
    expect(await open(link.slug, { choice: "7", answers: ["1"] })).toMatchObject({ problem: { code: "choice_missing" } });
  });

  it("before it opens and after it ends nothing is opened; what was open stays reachable to its form", async () => {
    const link = await made({ amount: "1", expires_at: "2099-01-01T00:00:00Z" });
    const idempotencyKey = crypto.randomUUID();
    const first = await open(link.slug, { idempotencyKey });
    await world.database.execute(sql`update checkout_links set expires_at = now() where id = ${link.id}`);
    expect(await open(link.slug)).toMatchObject({ problem: { code: "link_expired" } });
    expect(await open(link.slug, { idempotencyKey })).toEqual(first);
    await world.database.execute(
      sql`update checkout_links set expires_at = null, opens_at = now() + interval '1 hour' where id = ${link.id}`,
    );
    expect(await open(link.slug)).toMatchObject({ problem: { code: "link_not_open" } });
  });

  it("going back and sending something else is another order; the same again is the same", async () => {
    const link = await made({ min_amount: "1", max_amount: "100", fields: [{ label: "Name", kind: "text" }] });
    const idempotencyKey = crypto.randomUUID();
    const send = async (amountText: string, name: string) => {
      const result = await open(link.slug, { amountText, answers: [name], idempotencyKey });
      return result.ok ? result.value.orderId : result.problem.code;
    };
    const first = await send("5", "Ann");
    expect(await send("5.00", " Ann ")).toBe(first);
    expect(new Set([first, await send("6", "Ann"), await send("5", "Bo")]).size).toBe(3);
  });
});

describe("lists and figures of links", () => {
  it("a keyset list gives every link once, in both directions, and only the merchant's own", async () => {
    const mine = newId("merchant");
    const webhookSecret = sealFor("merchants.webhook_secret", mine, "whsec_x");
    await world.database.insert(merchants).values({ id: mine, name: "Lister", webhookSecret });
    for (let n = 0; n < 7; n += 1)
      await createLink({ merchantId: mine, live: n % 2 === 0, link: { title: `L${n}`, currency: "CNY", amount: "1" } }, world.database);
    await world.database.execute(sql`update checkout_links set created_at = '2026-01-01' where merchant_id = ${mine} and title < 'L4'`);
    const all = await listLinks(world.database, { merchantId: mine, limit: 50 });
    type Row = (typeof all)[number] | undefined;
    const page = (key: { after?: Row; before?: Row }) => {
      const at = (row: Row) => row && { at: row.createdAt, id: row.id };
      return listLinks(world.database, { merchantId: mine, limit: 3, after: at(key.after), before: at(key.before) });
    };
    const first = await page({});
    const second = await page({ after: first[2] });
    const third = await page({ after: second[2] });
    expect([...first, ...second, ...third].map((one) => one.id)).toEqual(all.map((one) => one.id));
    expect((await page({ before: second[0] })).map((one) => one.id)).toEqual(first.map((one) => one.id));
    expect((await listLinks(world.database, { merchantId: mine, live: true, limit: 50 })).length).toBe(4);
    expect(await listLinks(world.database, { merchantId: mine, active: false, limit: 50 })).toEqual([]);
  });

  it("openings, orders, payments and sums are counted by the merchant's days and per currency", async () => {
    const link = await made({ amount: "10" });
    const zone = "Asia/Shanghai";
    for (let n = 0; n < 5; n += 1) countVisit(link.id);
    countVisit("lnk_nobody");
    await flushVisits(world.database);
    countVisit(link.id);
    await Promise.all([flushVisits(world.database), flushVisits(world.database)]);
    const [a, b] = [await order(await open(link.slug)), await order(await open(link.slug))];
    await edit(link.id, { currency: "CNY", amount: "3" });
    const c = await order(await open(link.slug));
    for (const paid of [a, c]) {
      await world.database.execute(sql`update orders set state = 'paid', paid_at = now(), paid_attempt_id = 'x', paid_amount = amount,
        refunded_amount = case currency when 'CNY' then 100 else 0 end where id = ${paid?.id}`);
    }
    // 17:00 UTC is the next day in Shanghai.
    await world.database.execute(
      sql`update orders set created_at = date_trunc('day', now() - interval '2 days') + interval '17 hours' where id = ${b?.id}`,
    );
    const figures = await readFigures(world.database, world.merchantId, link.id, zone);
    const taken = [
      { currency: "CNY", paid: 300n, refunded: 100n },
      { currency: "HKD", paid: 1000n, refunded: 0n },
    ];
    expect(figures).toMatchObject({ opened: 6, orders: 3, paid: 2, oversold: 0, taken });
    const day = (at: number) => new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(at);
    const dayBefore = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
    expect(figures.days).toEqual([
      { day: day(Date.now()), opened: 6, orders: 2, paid: 2, taken },
      { day: day(Date.parse(`${dayBefore}T17:00:00Z`)), opened: 0, orders: 1, paid: 0, taken: [] },
    ]);
    expect((await readTakings(world.database, world.merchantId, [link.id])).get(link.id)).toEqual({ paid: 2, taken });
    expect(await readFigures(world.database, stranger, link.id, zone)).toMatchObject({ orders: 0, taken: [] });
    expect((await readTakings(world.database, stranger, [link.id])).size).toBe(0);
  });
});
