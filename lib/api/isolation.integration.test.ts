import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS } from "#lib/api/registry.ts";
import { type Client, client, otherMerchant } from "#lib/api/testing.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";

/** One shop's things, and two keys that must not know of them: another merchant's, and the same merchant's of the other mode. */
let world: World;
let owner: Client;
const strangers = new Map<string, Client>();
/** By the names of path parameters. */
const ids: Record<string, string> = {};
beforeAll(async () => {
  world = await testWorld();
  owner = await client(world);
  strangers.set("another merchant's", await client(world, { merchantId: await otherMerchant(world) }));
  strangers.set("the other mode's", await client(world, { live: true }));
  const endpoint = await owner.post("/webhook-endpoints", { url: "https://shop.example/hooks" });
  const link = await owner.post("/links", { title: "Tea", currency: "HKD", amount: "1.00" });
  const order = await owner.post("/orders", {
    amount: "88.00",
    currency: "HKD",
    title: "Tea",
    reference: "ISO-1",
    method: "wechat.native",
  });
  await owner.post(`/sandbox/attempts/${order.body.attempt.id}/pay`, {});
  const refund = await owner.post("/refunds", { order: order.body.id, amount: "1.00", reason: "test" });
  const events = await owner.get(`/events?order=${order.body.id}`);
  const deliveries = await owner.get(`/deliveries?order=${order.body.id}`);
  const accounts = await owner.get("/accounts");
  Object.assign(ids, {
    ...{ order: order.body.id, attempt: order.body.attempt.id, refund: refund.body.id, link: link.body.id },
    ...{ event: events.body.data[0].id, endpoint: endpoint.body.id, delivery: deliveries.body.data[0].id },
    account: accounts.body.data[0].id,
  });
});
afterAll(() => world.close());

/** What a body needs beside the ids that are another's. */
const BODIES: Record<string, () => object> = {
  "attempts.create": () => ({ method: "wechat.native" }),
  "links.update": () => ({ title: "Mine" }),
  "webhook_endpoints.update": () => ({ url: "https://evil.example/hooks" }),
};
const QUERIES: Record<string, string> = { "accounts.rate": "?currency=HKD" };

const NAMING = OPERATIONS.filter(({ path }) => path.includes("{"));
const LISTS = OPERATIONS.filter(({ id, path }) => id.endsWith(".list") && !path.includes("{"));

async function everything(): Promise<string> {
  const { rows } = await world.database.$client.query(
    `select (select jsonb_agg(to_jsonb(o) order by o.id) from orders o) as o, (select jsonb_agg(to_jsonb(a) order by a.id) from attempts a) as a,
      (select jsonb_agg(to_jsonb(l) order by l.id) from checkout_links l) as l, (select jsonb_agg(to_jsonb(r) order by r.id) from refunds r) as r,
      (select jsonb_agg(to_jsonb(w) order by w.id) from webhook_endpoints w) as w, (select count(*) from webhook_secrets) as s,
      (select jsonb_agg(jsonb_build_array(d.id, d.again, d.tries_before) order by d.id) from deliveries d) as d`,
  );
  return JSON.stringify(rows);
}

describe.each(["another merchant's", "the other mode's"])("%s key", (who) => {
  const stranger = () => strangers.get(who) as Client;

  it.each(NAMING.map((one) => [one.id, one] as const))("is told 404 by %s, and nothing changes", async (id, operation) => {
    const path = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? `no ${name}`) + (QUERIES[id] ?? "");
    expect(path).not.toContain("no ");
    const before = await everything();
    const { method } = operation;
    const answer =
      method === "GET"
        ? await stranger().get(path)
        : await stranger().send(method, path, body(BODIES[id]?.() ?? (method === "DELETE" ? null : {})));
    const refused = operation.sandbox && who === "the other mode's" ? "test_key_required" : "not_found";
    expect([answer.body.code, answer.text.includes("ISO-1")]).toEqual([refused, false]);
    expect(await everything()).toBe(before);
  });

  it.each(LISTS.map((one) => [one.id, one.path] as const))(
    "finds none of them in %s, by no filter and from no cursor of the owner's",
    async (_, path) => {
      const own = await owner.get(`${path}?limit=1`);
      expect(own.body.data).toHaveLength(1);
      const asked = ["", `?after=${own.body.before}`, `?before=${Buffer.from("0.a").toString("base64url")}`];
      for (const name of ["order", "link", "endpoint", "reference"]) asked.push(`?${name}=${ids[name] ?? "ISO-1"}`);
      if (path === "/events") asked.push("?include=all", `?include=all&order=${ids.order}`);
      for (const query of asked) {
        const answer = await stranger().get(path + query);
        if (answer.status !== 200) expect(answer.body.code).toBe("parameter_unknown");
        else for (const one of Object.values(ids)) expect(answer.text).not.toContain(one);
      }
    },
  );

  it("cannot name them in a body", async () => {
    const order = { amount: "1.00", currency: "HKD", title: "Tea" };
    const answers = [
      await stranger().post("/refunds", { order: ids.order, amount: "1.00", reason: "mine" }),
      await stranger().post("/orders", { ...order, account: ids.account }),
      await stranger().post("/orders", { ...order, account: ids.account, method: "wechat.native" }),
      await stranger().post("/links", { ...order, account: ids.account }),
      await stranger().post("/deliveries/replay", { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z", endpoint: ids.endpoint }),
      await stranger().post("/sandbox/faults", { account: ids.account, fault: "notice_lost" }),
    ];
    expect(answers.map(({ body: told }) => told.code)).toEqual([
      ...["not_found", "account_not_found", "method_unavailable", "account_not_found", "not_found"],
      who === "the other mode's" ? "test_key_required" : "not_found",
    ]);
  });
});

function body(value: object | null) {
  return value === null ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}
