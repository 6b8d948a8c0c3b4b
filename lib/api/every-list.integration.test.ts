import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS } from "#lib/api/registry.ts";
import { type Client, client } from "#lib/api/testing.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

/** Keyset paging of every list of the registry, on rows of which several were made in the same instant. */
let world: World;
let shop: Client;
/** An order with many tries. */
let tried: string;
/** An order with many refunds. */
let refunded: string;
const MANY = 7;
const GATEWAYS = ["hipopay-merchant", "mpgateway", "xxpay", "fengniao", "hipopay-agent"];

beforeAll(async () => {
  world = await testWorld();
  shop = await client(world);
  for (let nth = 0; nth < MANY; nth += 1) {
    await newEndpoint();
    await newLink();
    await world.addAccount(GATEWAYS[nth % GATEWAYS.length] ?? "");
  }
  tried = await made("/orders", TEA);
  const order = (await shop.post("/orders", { ...TEA, method: "wechat.native", account: world.accountId })).body;
  await shop.post(`/sandbox/attempts/${order.attempt.id}/pay`, {});
  refunded = order.id;
  for (let nth = 0; nth < MANY; nth += 1) {
    await newTry();
    await newRefund();
    await made("/orders", TEA);
  }
  await together();
});
afterAll(() => world.close());

const TEA = { amount: "88.00", currency: "HKD", title: "Tea" };
async function made(path: string, body: object): Promise<string> {
  const answer = await shop.post(path, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.body.id;
}
const newEndpoint = () => made("/webhook-endpoints", { url: `${world.origin}/hook` });
const newLink = () => made("/links", { title: "Tea", currency: "HKD", amount: "1.00" });
const newRefund = () => made("/refunds", { order: refunded, amount: "1.00", reason: "One was sold out" });
async function newTry(): Promise<string> {
  const id = await made(`/orders/${tried}/attempts`, { method: "wechat.native" });
  await shop.post(`/sandbox/attempts/${id}/decline`);
  return id;
}

/** Moves what was made into instants that four share: then ids alone tell the rows apart. */
async function together(): Promise<void> {
  const connection = await world.database.$client.connect();
  const tables = ["orders", "attempts", "refunds", "checkout_links", "webhook_endpoints", "deliveries", "gateway_accounts", "order_events"];
  try {
    await connection.query("set session_replication_role = replica");
    for (const table of tables) {
      const [at, id] = table === "order_events" ? ["at", "t.order_id || '.' || t.sequence"] : ["created_at", "t.id"];
      await connection.query(`update ${table} t set ${at} = now() - make_interval(secs => 3600 - (o.n / 4)) from (
        select ${id} as id, row_number() over (order by ${at}, ${id}) as n from ${table} t) o where o.id = ${id}`);
    }
    await connection.query("set session_replication_role = origin");
  } finally {
    connection.release();
  }
}

/** Each list: its path, and how one more row comes to it. */
const LISTS: Readonly<Record<string, { path: () => string; add: () => Promise<unknown> }>> = {
  "orders.list": { path: () => "/orders", add: () => made("/orders", TEA) },
  "attempts.list": { path: () => `/orders/${tried}/attempts`, add: newTry },
  "refunds.list": { path: () => "/refunds", add: newRefund },
  "links.list": { path: () => "/links", add: newLink },
  "events.list": { path: () => "/events?include=all", add: newRefund },
  "webhook_endpoints.list": { path: () => "/webhook-endpoints", add: newEndpoint },
  "deliveries.list": { path: () => "/deliveries", add: newRefund },
  "accounts.list": { path: () => "/accounts", add: () => world.addAccount("xxpay") },
};

it("every list is among them", () => {
  const lists = OPERATIONS.filter(({ query }) => query?.safeParse({ after: "x" }).success).map((one) => one.id);
  expect(Object.keys(LISTS).sort()).toEqual(lists.sort());
});

interface Page {
  data: { id: string }[];
  has_more: boolean;
  after: string | null;
  before: string | null;
}

async function page(path: string, query: Record<string, string | number>): Promise<Page> {
  const more = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const answer = await shop.get(`${path}${path.includes("?") ? "&" : "?"}${more}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}
const idsOf = (pages: readonly Page[]) => pages.flatMap(({ data }) => data.map(({ id }) => id));

/** Pages one after another in one direction, as long as there are more. */
async function walk(path: string, limit: number, direction: "after" | "before", from: string | null): Promise<Page[]> {
  const pages: Page[] = [];
  for (let at = from; pages.length < 200; ) {
    const one = await page(path, { limit, ...(at !== null && { [direction]: at }) });
    pages.push(one);
    at = one[direction];
    if (!one.has_more || at === null) break;
  }
  return pages;
}

describe.each(Object.entries(LISTS))("%s", (_name, { path, add }) => {
  it.each([1, 2, 3])("forth and back by %i: the same rows, none twice, none missed", async (limit) => {
    const whole = idsOf([await page(path(), { limit: 100 })]);
    expect(whole.length).toBeGreaterThanOrEqual(MANY);
    expect(new Set(whole).size).toBe(whole.length);
    const forth = await walk(path(), limit, "after", null);
    expect(idsOf(forth)).toEqual(whole.length < 100 ? whole : expect.arrayContaining(whole));
    expect(new Set(idsOf(forth)).size).toBe(idsOf(forth).length);
    const last = forth.at(-1);
    const back = await walk(path(), limit, "before", last?.before ?? null);
    expect([...idsOf(back.toReversed()), ...idsOf(last ? [last] : [])]).toEqual(idsOf(forth));
    // Forth again from where going back ended: the cursors of either direction are the same places.
    const top = back.at(-1);
    expect([...idsOf(top ? [top] : []), ...idsOf(await walk(path(), limit, "after", top?.after ?? null))]).toEqual(idsOf(forth));
  });

  it("rows that are added meanwhile change no page behind a cursor, and are all in front of the first", async () => {
    const before = idsOf(await walk(path(), 3, "after", null));
    const first = await page(path(), { limit: 3 });
    await add();
    await add();
    const rest = await walk(path(), 3, "after", first.after);
    expect([...idsOf([first]), ...idsOf(rest)]).toEqual(before);
    const newer = idsOf((await walk(path(), 3, "before", first.before)).toReversed());
    expect(newer.length).toBeGreaterThanOrEqual(2);
    expect([...newer, ...before]).toEqual(idsOf(await walk(path(), 3, "after", null)));
  });
});
