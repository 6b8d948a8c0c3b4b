import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sandboxLoginCodes } from "#db/schema/sandbox/codes.ts";
import { accessTokenReply, authorizeReply } from "#lib/sandbox/oauth.ts";
import { openidPageReply } from "#lib/sandbox/openid-page.ts";
import { accountAt, provisionSandbox } from "#lib/sandbox/provision.ts";
import { registerPage } from "#lib/sandbox/shops.ts";
import { ORIGIN, sandboxWorld, type World, worldAt } from "#lib/sandbox/testing.ts";

let world: World;
let appid: string;
let secret: string;
beforeAll(async () => {
  world = await sandboxWorld();
  const { credentials, settings } = accountAt(world.accounts, "fengniao");
  appid = settings.wechatAppId ?? "";
  secret = credentials.wechatSecret;
});
afterAll(() => world.close());

const BACK = `${ORIGIN}/pay/abc/openid?kept=%2F1`;

function authorize(fields: Record<string, string> = {}, cookie = "sandbox_shopper=anna"): Promise<Response> {
  const asked = { appid, redirect_uri: BACK, response_type: "code", scope: "snsapi_base", state: "s1", ...fields };
  const request = new Request(`${ORIGIN}/sandbox/wechat/oauth/authorize?${new URLSearchParams(asked)}`, { headers: { cookie } });
  return authorizeReply(request, world.database);
}

async function token(code: string, fields: Record<string, string> = {}) {
  const asked = { appid, secret, code, grant_type: "authorization_code", ...fields };
  const request = new Request(`${ORIGIN}/sandbox/wechat/oauth/access_token?${new URLSearchParams(asked)}`);
  return (await accessTokenReply(request, world.database)).json();
}

async function freshCode(): Promise<string> {
  const back = (await authorize()).headers.get("location") ?? "";
  return new URL(back).searchParams.get("code") ?? "";
}

describe("WeChat's authorisation page", () => {
  it("sends the shopper back at once with a code and the state, what stood in the address kept letter for letter", async () => {
    const reply = await authorize();
    expect(reply.status).toBe(302);
    const location = reply.headers.get("location") ?? "";
    expect(location.startsWith(`${BACK}&code=`)).toBe(true);
    expect(new URL(location).searchParams.get("state")).toBe("s1");
  });

  it.each([
    ["an unknown application", { appid: "wx0" }],
    ["another host", { redirect_uri: "https://evil.test/x" }],
    ["a host that only looks like it", { redirect_uri: "http://sandbox.test.evil.test/x" }],
    ["another port", { redirect_uri: "http://sandbox.test:81/x" }],
    ["no web address", { redirect_uri: "javascript:alert(1)" }],
    ["another response_type", { response_type: "token" }],
    ["another scope", { scope: "snsapi_login" }],
  ])("refuses %s in words and sends nobody anywhere", async (_name, fields) => {
    const reply = await authorize(fields);
    expect(reply.status).toBe(400);
    expect(reply.headers.get("location")).toBeNull();
    expect(await reply.text()).not.toContain("javascript:");
  });
});

describe("WeChat's exchange", () => {
  it("gives the shopper's openid at the application: the same each time, another for another shopper", async () => {
    const first = await token(await freshCode());
    expect(first).toMatchObject({ expires_in: 7200, scope: "snsapi_base" });
    expect(first.openid).toMatch(/^o[\w-]{27}$/);
    expect((await token(await freshCode())).openid).toBe(first.openid);
    const other = new URL((await authorize({}, "sandbox_shopper=ben")).headers.get("location") ?? "").searchParams.get("code");
    expect((await token(other ?? "")).openid).not.toBe(first.openid);
  });

  it("takes a code once, though two ask at once", async () => {
    const code = await freshCode();
    const answers = await Promise.all([token(code), token(code)]);
    expect(answers.filter((answer) => answer.openid)).toHaveLength(1);
    expect(answers.find((answer) => !answer.openid)).toMatchObject({ errcode: 40163 });
  });

  it("takes no code older than five minutes", async () => {
    const code = await freshCode();
    const [row] = await world.database.select().from(sandboxLoginCodes).where(eq(sandboxLoginCodes.code, code));
    expect(Math.round(((row?.expiresAt.getTime() ?? 0) - Date.now()) / 60_000)).toBe(5);
    await world.database
      .update(sandboxLoginCodes)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(sandboxLoginCodes.code, code));
    expect(await token(code)).toMatchObject({ errcode: 40029 });
  });

  it.each([
    [{ appid: "wx0" }, 40013],
    [{ secret: "wrong" }, 40125],
    [{ grant_type: "password" }, 40002],
    [{ code: "" }, 41008],
    [{ code: "never-issued" }, 40029],
  ])("with %o answers %i and leaves the code good", async (fields, errcode) => {
    const code = await freshCode();
    expect(await token(code, fields)).toMatchObject({ errcode });
    expect(await token(code)).toHaveProperty("openid");
  });

  it("sends shoppers back to every address the server has had, with one secret", async () => {
    const moved = await provisionSandbox(world.database, { origin: "http://moved.test:3100" });
    expect(accountAt(moved, "fengniao").credentials).toEqual(accountAt(world.accounts, "fengniao").credentials);
    expect((await authorize({ redirect_uri: "http://moved.test:3100/x" })).status).toBe(302);
    expect((await authorize()).status).toBe(302);
  });
});

describe("the openid page of a gateway", () => {
  const open = (url: string, cookie = "sandbox_shopper=anna") =>
    openidPageReply(new Request(url, { headers: { cookie } }), world.database, ORIGIN);

  it("opens the back address with the openid under the name the dialect chose, the same each time", async () => {
    const { backend, caller } = await worldAt(world, "mpgateway");
    const url = backend.openidPageUrl(caller.callerNo, BACK, "openid");
    const location = (await open(url)).headers.get("location") ?? "";
    expect(location).toMatch(/&openid=o[\w-]{27}$/);
    expect(location.startsWith(BACK)).toBe(true);
    expect((await open(url)).headers.get("location")).toBe(location);
    expect((await open(url, "sandbox_shopper=ben")).headers.get("location")).not.toBe(location);
  });

  it("remembers a shopper it has not seen by a cookie", async () => {
    const { backend, caller } = await worldAt(world, "mpgateway");
    const reply = await open(backend.openidPageUrl(caller.callerNo, BACK, "openid"), "");
    expect(reply.headers.get("set-cookie")).toMatch(/^sandbox_shopper=[\w-]{22}; Path=\/sandbox; HttpOnly/);
  });

  it.each([
    ["a stranger's site", "https://evil.test/x", "openid", 400],
    ["no web address", "javascript:alert(1)", "openid", 400],
    ["a name that is none", BACK, "a&b", 400],
  ])("refuses %s", async (_name, backUrl, parameter, status) => {
    const { backend, caller } = await worldAt(world, "mpgateway");
    const reply = await open(backend.openidPageUrl(caller.callerNo, backUrl, parameter));
    expect(reply.status).toBe(status);
    expect(reply.headers.get("location")).toBeNull();
  });

  it("knows the site a merchant has registered, and no merchant it never heard of", async () => {
    const { backend, caller } = await worldAt(world, "mpgateway");
    await registerPage(world.database, { merchantNo: caller.callerNo, url: "https://shop.test/wx" });
    expect((await open(backend.openidPageUrl(caller.callerNo, "https://shop.test/other", "openid"))).status).toBe(302);
    expect((await open(backend.openidPageUrl("nobody", BACK, "openid"))).status).toBe(404);
  });
});
