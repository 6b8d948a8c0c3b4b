import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS } from "#lib/api/registry.ts";
import { type Answer, type Client, client } from "#lib/api/testing.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

/** Idempotency-Key on every POST of the registry: what api.md promises, held against all that the world keeps. */
let world: World;
let shop: Client;
beforeAll(async () => {
  world = await testWorld();
  shop = await client(world);
});
afterAll(() => world.close());

const TEA = { amount: "88.00", currency: "HKD", title: "Tea" };
const LINK = { title: "Tea", currency: "HKD", amount: "1.00" };
const id = async (path: string, body: object): Promise<string> => (await shop.post(path, body)).body.id;
const order = () => id("/orders", TEA);
const endpoint = () => id("/webhook-endpoints", { url: `${world.origin}/hook` });
const code = async (): Promise<string> => (await shop.post("/sandbox/codes", { wallet: "wechat" })).body.auth_code;
const started = async () =>
  (await shop.post("/orders", { ...TEA, method: "wechat.native" })).body as { id: string; attempt: { id: string } };
async function paid(): Promise<string> {
  const made = await started();
  await shop.post(`/sandbox/attempts/${made.attempt.id}/pay`, {});
  return made.id;
}
async function delivery(): Promise<string> {
  await endpoint();
  const order = await paid();
  await kept();
  return (await shop.get(`/deliveries?order=${order}`)).body.data[0].id;
}
const hours = (to: number) => ({ from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date(Date.now() + to).toISOString() });

/** A request, made ready, and another body under the same key; `moves`: what of the answer is of the moment (a notice adds to it). */
interface Press {
  path: string;
  body?: object;
  other?: object;
  moves?: readonly string[];
}

const PRESSES: Readonly<Record<string, () => Promise<Press>>> = {
  "orders.create": async () => ({ path: "/orders", body: TEA, other: { ...TEA, title: "Cake" } }),
  "orders.create with a try": async () => ({ path: "/orders", body: { ...TEA, method: "wechat.native" }, other: TEA }),
  "orders.create charged": async () => ({
    ...{ path: "/orders", body: { ...TEA, method: "wechat.barcode", auth_code: await code() }, other: TEA, moves: ["attempt"] },
  }),
  "attempts.create": async () => ({
    ...{ path: `/orders/${await order()}/attempts`, body: { method: "wechat.native" }, other: { method: "alipay.qr" } },
  }),
  "attempts.create charged": async () => ({
    ...{ path: `/orders/${await order()}/attempts`, body: { method: "wechat.barcode", auth_code: await code() } },
    ...{ other: { method: "alipay.qr" }, moves: ["pay_currency"] },
  }),
  "orders.cancel": async () => ({ path: `/orders/${(await started()).id}/cancel` }),
  "orders.expire": async () => ({ path: `/orders/${(await started()).id}/expire` }),
  "refunds.create": async () => {
    const body = { order: await paid(), amount: "1.00", reason: "One was sold out" };
    return { path: "/refunds", body, other: { ...body, amount: "2.00" } };
  },
  "refunds.create of all": async () => {
    const body = { order: await paid(), reason: "Sold out" };
    return { path: "/refunds", body, other: { ...body, reason: "Other" } };
  },
  "links.create": async () => ({ path: "/links", body: LINK, other: { ...LINK, title: "Cake" } }),
  "links.retire": async () => ({ path: `/links/${await id("/links", LINK)}/retire` }),
  "links.reactivate": async () => {
    const link = await id("/links", LINK);
    await shop.post(`/links/${link}/retire`);
    return { path: `/links/${link}/reactivate` };
  },
  "webhook_endpoints.create": async () => ({
    ...{ path: "/webhook-endpoints", body: { url: `${world.origin}/new` }, other: { url: `${world.origin}/other` } },
  }),
  "webhook_endpoints.roll_secret": async () => ({
    ...{ path: `/webhook-endpoints/${await endpoint()}/roll-secret`, body: { overlap_seconds: 60 }, other: { overlap_seconds: 61 } },
  }),
  "webhook_endpoints.test": async () => ({ path: `/webhook-endpoints/${await endpoint()}/test` }),
  // Its tries go on after it was asked for.
  "deliveries.resend": async () => ({
    path: `/deliveries/${await delivery()}/resend`,
    moves: ["state", "tries", "log", "acknowledged_at", "next_try_at"],
  }),
  "deliveries.replay": async () => {
    await delivery();
    return { path: "/deliveries/replay", body: hours(3_600_000), other: hours(3_700_000) };
  },
  "sandbox.pay": async () => ({ path: `/sandbox/attempts/${(await started()).attempt.id}/pay`, body: {}, other: { faults: [] } }),
  "sandbox.decline": async () => ({ path: `/sandbox/attempts/${(await started()).attempt.id}/decline` }),
  "sandbox.expire": async () => ({ path: `/sandbox/attempts/${(await started()).attempt.id}/expire` }),
  "sandbox.arm_fault": async () => {
    const body = { account: world.accountId, fault: "notice_lost", target: "payment" };
    return { path: "/sandbox/faults", body, other: { ...body, fault: "notice_twice" } };
  },
  "sandbox.wallet_code": async () => ({ path: "/sandbox/codes", body: { wallet: "wechat" }, other: { wallet: "alipay" } }),
};

/** Everything a POST can add to, here and at the sandbox; what a shop was told is among it. */
const TABLES = [
  ...["orders", "attempts", "order_events", "refunds", "checkout_links", "webhook_endpoints", "webhook_secrets", "webhook_replays"],
  ...["deliveries", "delivery_tries", "scanned_codes", "audit", "sandbox.payments", "sandbox.refunds", "sandbox.faults"],
  ...["sandbox.wallet_codes", "sandbox.notices"],
];
async function kept(): Promise<Record<string, number>> {
  for (let round = 0; round < 6 && (await world.drainJobs()) + (await world.drainNotices()).sent > 0; ) round += 1;
  const columns = TABLES.map((table) => `(select count(*)::int from ${table}) as "${table}"`).join(", ");
  const { rows } = await world.database.$client.query(`select ${columns}`);
  return { ...rows[0], told: world.hooks.length };
}

let nth = 0;
async function press(name: string) {
  const { path, body, other, moves = [] } = await (PRESSES[name] as () => Promise<Press>)();
  nth += 1;
  const key = `every-${nth}`;
  const headers = { "idempotency-key": key };
  const send = (): Promise<Answer> => shop.post(path, body, headers);
  const forget = (lease: "running" | "over") =>
    world.database.$client.query(
      `update idempotency_keys set status = null, body = null, lease_until = now() ${lease === "over" ? "-" : "+"} interval '1 minute' where key = $1`,
      [`test:${key}`],
    );
  const lasting = (answer: Answer) => Object.fromEntries(Object.entries(answer.body).filter(([field]) => !moves.includes(field)));
  return { send, sendOther: () => shop.post(path, other ?? {}, headers), forget, lasting };
}

it("every POST is among them", () => {
  const posts = OPERATIONS.filter(({ method }) => method === "POST").map((one) => one.id);
  expect([...new Set(Object.keys(PRESSES).map((name) => name.split(" ")[0]))].sort()).toEqual(posts.sort());
});

describe.each(Object.keys(PRESSES))("%s", (name) => {
  it("again: byte for byte; another body: 422; at work: 409; after a crash past its commit: told again; and done once", async () => {
    const { send, sendOther, forget, lasting } = await press(name);
    const before = await kept();
    const first = await send();
    expect(first.status, first.text).toBeLessThan(300);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    const once = await kept();
    expect(once).not.toEqual(before);

    const again = await send();
    expect([again.status, again.text, again.headers.get("idempotent-replayed")]).toEqual([first.status, first.text, "true"]);
    const reused = await sendOther();
    expect([reused.status, reused.body.code]).toEqual([422, "idempotency_key_reused"]);
    expect(await kept()).toEqual(once);

    await forget("running");
    const locked = await send();
    expect([locked.status, locked.body.code, locked.headers.get("retry-after")]).toEqual([409, "idempotency_in_flight", "1"]);
    await forget("over");
    const resumed = await send();
    expect(resumed.status, resumed.text).toBeLessThan(300);
    expect(lasting(resumed)).toEqual(lasting(first));
    expect(await kept()).toEqual(once);
  });
});
