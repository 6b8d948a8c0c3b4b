import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { channelHealth } from "#db/schema/channel-health.ts";
import { fakeGateway, qr, refusal } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, PUBLIC_URL, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { type CookieJar, openidAddress, openidCookie, openidFromCookies, openidOf, receiveOpenid } from "#lib/payments/openid.ts";
import { readCheckout } from "#lib/payments/read-checkout.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

const asks = { "wechat.jsapi": ["openid"] } as const;
const hop = fakeGateway("hop", { methods: ["wechat.jsapi"], asks, has: ["query", "openid"], openidHop: true });
fakeGateway("deaf", { methods: ["wechat.jsapi"], asks, has: ["query"] });
const WECHAT = { ...SHOPPER, browser: "wechat" as const };
let world: FakeWorld;
const ids = { deaf: "", first: "", second: "" };
beforeAll(async () => {
  world = await fakeWorld();
  ids.deaf = await world.addAccount("deaf", { position: 0 });
  ids.first = await world.addAccount("hop", { position: 1, settings: { name: "first" } });
  ids.second = await world.addAccount("hop", { position: 2, settings: { name: "second" } });
});
afterAll(() => world.close());
beforeEach(() => {
  hop.onCreate = () => qr();
  hop.onOpenid = (code) => ({ ok: true, value: `openid_${code}` });
  hop.calls.length = 0;
});

const jar = (cookies: Record<string, string> = {}): CookieJar => ({
  get: (name) => (cookies[name] === undefined ? undefined : { value: cookies[name] }),
});
const none = jar();
const come = (account: string, token: string | null, more: { openid?: string; code?: string }, cookies = none) =>
  receiveOpenid(account, { openid: more.openid ?? null, code: more.code ?? null, token }, cookies, world.database);

describe("a return with a code", () => {
  it("is exchanged by our server for the openid, which the browser keeps sealed", async () => {
    const order = await world.openOrder();
    const received = await come(ids.first, order.token, { code: "code_one" });
    expect(received).toMatchObject({ token: order.token, known: true });
    const cookies = jar({ [openidCookie(ids.first).name]: received?.cookie ?? "" });
    expect(openidOf(cookies, ids.first)).toBe("openid_code_one");
    expect(received?.cookie).not.toContain("openid_code_one");
    expect(openidOf(jar({ [openidCookie(ids.second).name]: received?.cookie ?? "" }), ids.second)).toBeUndefined();
  });

  it("opened again asks nobody and changes nothing while the browser has the openid", async () => {
    const order = await world.openOrder();
    const first = await come(ids.first, order.token, { code: "code_two" });
    const cookies = jar({ [openidCookie(ids.first).name]: first?.cookie ?? "" });
    expect(await come(ids.first, order.token, { code: "code_two" }, cookies)).toEqual({ token: order.token, cookie: null, known: true });
    expect(hop.calls).toEqual(["openid first code_two"]);
    expect(await world.attempts(order.id)).toEqual([]);
  });

  it("that the gateway does not take, or that is none, goes back to the checkout without an openid", async () => {
    const order = await world.openOrder();
    hop.onOpenid = () => refusal("code_expired");
    const nothing = { token: order.token, cookie: null, known: false };
    expect(await come(ids.first, order.token, { code: "code_old" })).toEqual(nothing);
    hop.onOpenid = () => {
      throw new Error("a bug");
    };
    expect(await come(ids.first, order.token, { code: "code_bug" })).toEqual(nothing);
    hop.onOpenid = () => ({ ok: true, value: "<not an openid>" });
    expect(await come(ids.first, order.token, { code: "code_odd" })).toEqual(nothing);
    expect(await come(ids.first, order.token, { code: "no code\u0000" })).toEqual(nothing);
    expect(await come(ids.first, order.token, {})).toEqual(nothing);
    expect(await come(ids.deaf, order.token, { code: "code_deaf" })).toEqual(nothing);
  });

  it("is all that counts where the hop brings codes: an openid planted in the address is not kept", async () => {
    const order = await world.openOrder();
    expect(await come(ids.first, order.token, { openid: "oSomebodyElses000" })).toMatchObject({ known: true });
    Object.assign(hop.gateway, { openidByCode: true });
    const planted = await come(ids.first, order.token, { openid: "oSomebodyElses000" });
    const genuine = await come(ids.first, order.token, { openid: "oSomebodyElses000", code: "code_own" });
    Object.assign(hop.gateway, { openidByCode: false });
    expect(planted).toEqual({ token: order.token, cookie: null, known: false });
    expect(openidOf(jar({ [openidCookie(ids.first).name]: genuine?.cookie ?? "" }), ids.first)).toBe("openid_code_own");
  });

  it("whose state is no order of this account's merchant is nothing, and asks nobody", async () => {
    const live = await world.addAccount("hop", { live: true, active: false });
    const order = await world.openOrder();
    for (const token of [null, "nonsense", "0123456789abcdefghjk0123"]) expect(await come(ids.first, token, { code: "code_x" })).toBeNull();
    expect(await come("acc_unknown", order.token, { code: "code_x" })).toBeNull();
    expect(await come(live, order.token, { code: "code_x" })).toBeNull();
    expect(await come(ids.first, order.token, { openid: "x" })).toBeNull();
    expect(hop.calls).toEqual([]);
  });
});

describe("the hop", () => {
  it("is for the account that will be used: the first that can have an openid", async () => {
    const { token } = await world.openOrder();
    const address = await openidAddress({ token }, world.database);
    expect(address).toContain("https://hop.example/first");
    expect(new URL(address ?? "").searchParams.get("back")).toBe(`${PUBLIC_URL}/api/openid/${ids.first}`);
    expect((await readCheckout(token, WECHAT, world.database))?.offers).toMatchObject([{ method: "wechat.jsapi", available: true }]);
    const only = await world.openOrder({ accountId: ids.second });
    expect(await openidAddress({ token: only.token }, world.database)).toContain("https://hop.example/second");
    const unable = await world.openOrder({ accountId: ids.deaf });
    expect(await openidAddress({ token: unable.token }, world.database)).toBeNull();
    expect((await readCheckout(unable.token, WECHAT, world.database))?.offers).toMatchObject([
      { available: false, reason: "openid_unavailable" },
    ]);
  });

  it("is not for an account that is marked down: it would not be tried", async () => {
    const { token } = await world.openOrder();
    const now = new Date();
    const down = { accountId: ids.first, scope: "*", failures: 3, downs: 1, cause: "unreachable", lastFailedAt: now };
    await world.database.insert(channelHealth).values({ ...down, downUntil: new Date(now.getTime() + 60_000) });
    expect(await openidAddress({ token }, world.database)).toContain("https://hop.example/second");
    await world.database.delete(channelHealth);
  });

  it("when the first account refuses, the shopper hops for the next, and pays there with its own openid", async () => {
    hop.onCreate = (_method, _request, name) => (name === "first" ? refusal("forbidden") : qr());
    const { token, id } = await world.openOrder();
    const cookies: Record<string, string> = {};
    const start = () =>
      startAttempt(
        { token, method: "wechat.jsapi", shopper: WECHAT, openid: (account) => openidOf(jar(cookies), account) },
        world.database,
      );
    const hops: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      expect(await start()).toMatchObject({ ok: false, problem: { code: "openid_missing" } });
      const address = new URL((await openidAddress({ token, cookies: jar(cookies) }, world.database)) ?? "");
      hops.push(address.pathname);
      const account = address.searchParams.get("back")?.split("/").at(-1) ?? "";
      const received = await come(account, address.searchParams.get("state"), { code: `code_${round}` });
      cookies[openidCookie(account).name] = received?.cookie ?? "";
    }
    expect(hops).toEqual(["/first", "/second"]);
    expect((await start()).ok).toBe(true);
    const presented = (await world.attempts(id)).find((one) => one.state === "presented");
    expect(presented?.accountId).toBe(ids.second);
    expect(hop.payments.get(presented?.gatewayOrderNo ?? "")?.request.openid).toBe("openid_code_1");
    expect(await openidFromCookies(jar(cookies), token, world.database)).toBe("openid_code_0");
  });
});
