import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VERBS } from "#lib/sandbox/act.ts";
import { containerReply } from "#lib/sandbox/container.ts";
import { serveControl } from "#lib/sandbox/control.ts";
import { listShopEvents } from "#lib/sandbox/listing.ts";
import { originOf } from "#lib/sandbox/origin.ts";
import { receiveShopWebhook, registerPage, registerShop } from "#lib/sandbox/shops.ts";
import { created, ORIGIN, sandboxWorld, type World } from "#lib/sandbox/testing.ts";

let world: World;
beforeAll(async () => {
  world = await sandboxWorld();
});
afterAll(() => world.close());

async function control(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const request = new Request(`${ORIGIN}/sandbox/control/${path}`, {
    method,
    headers: { host: "sandbox.test", ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await serveControl(request, world.database, path.split("/"));
  return { status: response.status, body: await response.json() };
}

describe("the control API", () => {
  it("pays by any number, with faults, and shows what the caller is owed", async () => {
    const payment = await created(world, { clientNo: "control-1" });
    expect(await control("POST", "payments/control-1/pay", { faults: [{ fault: "notice_duplicate" }] })).toMatchObject({
      status: 200,
      body: { payment: { state: "PAID" } },
    });
    expect(await control("POST", "drain")).toMatchObject({ body: { sent: 3, acknowledged: 3, failed: 0 } });
    const shown = await control("GET", `payments/${payment.no}`);
    expect(shown.body.notices.map((notice: { state: string }) => notice.state)).toEqual(["acknowledged", "acknowledged", "acknowledged"]);
    const again = await control("POST", `notices/${shown.body.notices[0].id}/redeliver`);
    expect(again).toMatchObject({ status: 200, body: { number: 2, acknowledged: true } });
    expect(await control("POST", `payments/${payment.code}/pay`)).toEqual({ status: 409, body: { problem: "paid" } });
  });

  it("declines, expires and forges", async () => {
    await created(world, { clientNo: "control-2" });
    expect(await control("POST", "payments/control-2/forge")).toMatchObject({ status: 200 });
    expect(await control("POST", "payments/control-2/expire")).toMatchObject({ body: { payment: { state: "EXPIRED" } } });
    expect(await control("POST", "payments/control-2/decline")).toEqual({ status: 409, body: { problem: "expired" } });
  });

  it.each([
    ["POST", "payments/control-1/pay", { faults: [{ fault: "earthquake" }] }, 400],
    ["POST", "faults", { fault: "reply_lost", seconds: -1 }, 400],
    ["POST", "faults", { fault: "notice_lost", target: "request" }, 409],
    ["POST", "faults", [], 400],
    ["GET", "payments/no-such", undefined, 404],
    ["POST", "notices/999999/redeliver", undefined, 404],
    ["DELETE", "payments/control-1", undefined, 404],
    ["POST", "login-codes", { merchantNo: "WC999" }, 404],
    ["POST", "pages", { merchantNo: "WC999", url: "https://evil.test/openid" }, 409],
    ["POST", "pages", { merchantNo: "WC999", url: "http://localhost.evil.test/openid" }, 409],
    ["POST", "pages", { merchantNo: "WC999", url: "http://localhost:4999/openid" }, 404],
    ["POST", "faults", { fault: "reply_lost", padding: "x".repeat(70_000) }, 413],
  ])("%s %s with %j is %i", async (method, path, body, status) => {
    expect((await control(method, path, body)).status).toBe(status);
  });

  it("is closed to pages of other origins", async () => {
    expect(await control("POST", "drain", {}, { origin: "https://evil.test" })).toEqual({ status: 403, body: { problem: "origin" } });
    const simple = new Request(`${ORIGIN}/x`, { method: "POST", headers: { "content-type": "text/plain" }, body: "{}" });
    expect((await serveControl(simple, world.database, ["drain"])).status).toBe(415);
  });
});

describe("the buttons", () => {
  const press = async (verb: string, fields: Record<string, string>) =>
    VERBS[verb]?.(world.database, { shopper: "anna", text: (name) => fields[name] ?? "" });

  it("walking away and an empty balance leave the payment payable", async () => {
    const { code, no } = await created(world);
    expect(await press("leave", { code })).toBe(`/sandbox/wallet/pay/${code}?said=left`);
    expect(await press("insufficient", { code, in: "sheet" })).toBe(`/sandbox/wallet/pay/${code}?in=sheet&said=insufficient`);
    expect(await press("pay", { code, wallet: "empty" })).toBe(`/sandbox/wallet/pay/${code}?said=insufficient`);
    expect(await world.backend.find(world.caller, { no })).toMatchObject({ state: "INIT" });
  });

  it("paying at a cashier goes to return_url with what the document adds (seeds/000 §4.6.3)", async () => {
    const payment = await created(world, { method: "wechat.desk", returnUrl: "https://shop.test/back?a=1", extra: { table: "7" } });
    const next = new URL((await press("pay", { code: payment.code, in: "cashier" })) ?? "");
    expect(next.origin + next.pathname).toBe("https://shop.test/back");
    expect(Object.fromEntries(next.searchParams)).toMatchObject({ a: "1", no: payment.no, status: "PAID", amount: "100", table: "7" });
    expect(next.searchParams.has("tarde_type")).toBe(true);
  });

  it("an unknown payment leads back to the scanner", async () => {
    expect(await press("pay", { code: "nothing" })).toBe("/sandbox/wallet?problem=not_found");
  });

  it.each([
    [{ origin: "http://sandbox.test", host: "sandbox.test" }, "same"],
    [{ origin: "http://evil.test", host: "sandbox.test" }, "other"],
    [{ origin: "null", host: "sandbox.test" }, "other"],
    [{ host: "sandbox.test" }, "missing"],
  ])("an Origin of %o is %s", (headers, verdict) => {
    expect(originOf(new Request(ORIGIN, { headers }))).toBe(verdict);
  });
});

describe("the WeChat container", () => {
  const open = (query: string, headers: Record<string, string> = {}) =>
    containerReply(new Request(`${ORIGIN}/sandbox/wechat/container?${query}`, { headers }), world.database);
  const merchantNo = () => world.account.credentials.merchantNo;

  it("says so when nothing is registered", async () => {
    expect((await open(`merchant_no=${merchantNo()}`)).status).toBe(404);
    expect((await open("merchant_no=WC999")).status).toBe(404);
  });

  it("gives all parameters back to the registered page with the openid, and never to another address", async () => {
    await registerPage(world.database, { merchantNo: merchantNo(), url: "https://pay.test/openid?kept=1" });
    const reply = await open(`merchant_no=${merchantNo()}&state=abc&redirect_uri=https://evil.test/`, { cookie: "sandbox_shopper=anna" });
    const target = new URL(reply.headers.get("location") ?? "");
    expect(target.origin + target.pathname).toBe("https://pay.test/openid");
    expect(Object.fromEntries(target.searchParams)).toMatchObject({ kept: "1", state: "abc", merchant_no: merchantNo() });
    expect(target.searchParams.get("openid")).toMatch(/^o[\w-]{27}$/);
    const again = await open(`merchant_no=${merchantNo()}`, { cookie: "sandbox_shopper=anna" });
    expect(new URL(again.headers.get("location") ?? "").searchParams.get("openid")).toBe(target.searchParams.get("openid"));
  });

  it.each([
    ["https://pay.test/other?x=1", "https://pay.test/other"],
    ["https://evil.test/other", "https://pay.test/openid"],
    ["http://pay.test/other", "https://pay.test/openid"],
    ["//evil.test", "https://pay.test/openid"],
  ])("return_url %s leads to %s", async (wanted, page) => {
    const reply = await open(`merchant_no=${merchantNo()}&return_url=${encodeURIComponent(wanted)}`);
    const target = new URL(reply.headers.get("location") ?? "");
    expect(target.origin + target.pathname).toBe(page);
  });

  it("by POST is a form with a button, and what came in cannot break out of it", async () => {
    await registerPage(world.database, { merchantNo: merchantNo(), url: "https://pay.test/openid", method: "POST" });
    const html = await (await open(`merchant_no=${merchantNo()}&state=%22%3E%3Cscript%3E`, { "x-nonce": "abc" })).text();
    expect(html).toContain('action="https://pay.test/openid"');
    expect(html).toContain('name="state" value="&quot;&gt;&lt;script&gt;"');
    expect(html).toContain('<script nonce="abc">');
  });
});

describe("the demo shop", () => {
  const SECRET = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;
  const body = JSON.stringify({ type: "order.paid", data: { order: { reference: "R-1", state: "paid" } } });
  const send = (signature: string, at: Date) =>
    receiveShopWebhook(
      world.database,
      new Request(`${ORIGIN}/sandbox/shop/webhook`, {
        method: "POST",
        body,
        headers: { "webhook-id": "msg_1", "webhook-timestamp": String(Math.floor(at.getTime() / 1000)), "webhook-signature": signature },
      }),
    );

  it("believes a genuine webhook, and keeps but refuses one that is not", async () => {
    await registerShop(world.database, { id: "shop", name: "Shop", webhookSecret: SECRET });
    const now = new Date();
    expect((await send(new Webhook(SECRET).sign("msg_1", now, body), now)).status).toBe(204);
    const stranger = `whsec_${Buffer.from("x".repeat(32)).toString("base64")}`;
    expect((await send(new Webhook(stranger).sign("msg_1", now, body), now)).status).toBe(400);
    const events = (await listShopEvents(world.database, 10)).map(({ event }) => [
      event.verified,
      event.type,
      event.reference,
      event.state,
    ]);
    expect(events).toEqual([
      [false, null, null, null],
      [true, "order.paid", "R-1", "paid"],
    ]);
  });

  it("keeps the newest hundred of what nobody signed, and all that a shop signed", async () => {
    const now = new Date();
    await send(new Webhook(SECRET).sign("msg_1", now, body), now);
    for (let n = 0; n < 105; n += 1) await send("v1,nonsense", now);
    const events = (await listShopEvents(world.database, 300)).map(({ event }) => event);
    expect(events.filter((event) => !event.verified)).toHaveLength(100);
    expect(events.filter((event) => event.verified)).toHaveLength(2);
  });
});
