import { beforeAll, describe, expect, it } from "vitest";
import { draftOf } from "#app/(dashboard)/dashboard/accounts/draft.ts";
import { newRsaKeyPair } from "#lib/crypto/rsa.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { translator } from "#lib/i18n/translator.ts";

const SANDBOX = "http://localhost:3000/sandbox/gateway/hipopay-agent";
const keys = newRsaKeyPair();

beforeAll(() => {
  Object.assign(process.env, { DATABASE_URL: "postgres://nobody@127.0.0.1/none", PUBLIC_URL: "http://localhost:3000", SANDBOX: "on" });
});

function drafted(baseUrl: string, live = false) {
  const gateway = gatewayById("hipopay-agent");
  if (!gateway) throw new Error("no gateway");
  const form = new FormData();
  const credentials = { agentNo: "1", merchantNo: "M1", privateKey: keys.privateKey, gatewayPublicKey: keys.publicKey };
  for (const [name, value] of Object.entries(credentials)) form.set(`credentials.${name}`, value);
  for (const [name, value] of Object.entries({ title: "A", position: "0", baseUrl })) form.set(name, value);
  if (live) form.set("live", "on");
  return draftOf(form, gateway, null, translator("en", "dashboard"));
}

describe("where a merchant's account may lead", () => {
  it.each(["https://api.hipopay.com", "https://api.hipopay.com:8443/v1/", SANDBOX])("%s may be entered", (url) => {
    const draft = drafted(url);
    expect(draft.ok && draft.account.baseUrl).toBe(url.replace(/\/$/, ""));
  });

  it.each([
    "http://127.0.0.1:5432",
    "http://localhost:9200/_search",
    "http://localhost:3000/api/health",
    "http://localhost:3000/sandbox/gateway/../../api/x",
    "https://127.0.0.1",
    "https://10.0.0.1/",
    "https://[::1]/",
    "https://169.254.169.254/latest",
    "https://metadata",
    "http://api.hipopay.com",
    "https://me:pass@api.hipopay.com",
    "https://api.hipopay.com/?x=1",
    "javascript:alert(1)",
  ])("%s is refused at its field", (url) => {
    const draft = drafted(url);
    expect(draft.ok ? null : Object.keys(draft.errors)).toEqual(["baseUrl"]);
  });

  it("the sandbox only while the account takes no real money", () => {
    const draft = drafted(SANDBOX, true);
    expect(draft.ok ? null : draft.errors.baseUrl).toContain("cannot be live");
    expect(drafted("https://api.hipopay.com", true).ok).toBe(true);
  });
});

describe("plain http", () => {
  const drawn = (baseUrl: string, insecure: boolean) => {
    const gateway = gatewayById("xxpay");
    if (!gateway) throw new Error("no gateway");
    const form = new FormData();
    for (const [name, value] of Object.entries({ mchId: "20001222", appId: "abc123", key: "0123456789abcdef" }))
      form.set(`credentials.${name}`, value);
    for (const [name, value] of Object.entries({ title: "A", position: "0", baseUrl })) form.set(name, value);
    form.set("settings.payParamsSigned", "on");
    if (insecure) form.set("settings.insecureTransport", "on");
    return draftOf(form, gateway, null, translator("en", "dashboard"));
  };

  it("is for an account that says so, and for a public host only", () => {
    expect(drawn("http://pay.example.com/api", true)).toMatchObject({
      ok: true,
      account: { baseUrl: "http://pay.example.com/api", settings: { insecureTransport: true } },
    });
    for (const inside of ["http://127.0.0.1:5432", "http://10.0.0.1/", "http://169.254.169.254/", "http://metadata/"])
      expect(drawn(inside, true)).toMatchObject({ ok: false, errors: { baseUrl: expect.stringContaining("public address") } });
  });

  it("without the consent it says what to tick", () => {
    expect(drawn("http://pay.example.com/api", false)).toMatchObject({
      ok: false,
      errors: { baseUrl: expect.stringContaining("insecureTransport") },
    });
  });
});

describe("a stored secret that is itself sent to somebody", () => {
  const FENGNIAO = { appId: "2018031171827642", merchantNo: "20170815152552020001", secret: "s3cr3t", wechatSecret: "wechatSecret0071" };
  const XXPAY = { mchId: "20001222", appId: "abc123", key: "0123456789abcdef", payoutCode: "pay0ut" };
  const BASE = "https://pay.example.com";
  const edited = (id: string, stored: object, typed: Record<string, string>, settings: object = {}) => {
    const gateway = gatewayById(id);
    if (!gateway) throw new Error("no gateway");
    const form = new FormData();
    for (const [name, value] of Object.entries({ title: "A", position: "0", baseUrl: BASE, ...typed })) form.set(name, value);
    for (const name of ["appId", "merchantNo", "mchId"] as const) {
      const value = (stored as Record<string, string>)[name];
      if (value) form.set(`credentials.${name}`, value);
    }
    form.set("settings.payParamsSigned", "on");
    return draftOf(form, gateway, { baseUrl: BASE, settings, credentials: { ...stored } }, translator("en", "dashboard"));
  };
  const OWN = "https://api.weixin.qq.com/sns/oauth2/access_token";

  it("is kept while it goes where it went, the document's own address or a setting's", () => {
    expect(edited("fengniao", FENGNIAO, {})).toMatchObject({ ok: true, credentials: FENGNIAO });
    expect(edited("fengniao", FENGNIAO, { "settings.wechatTokenUrl": OWN })).toMatchObject({ ok: true, credentials: FENGNIAO });
    const stored = { wechatTokenUrl: "https://token.example.com/a" };
    expect(edited("fengniao", FENGNIAO, { "settings.wechatTokenUrl": stored.wechatTokenUrl }, stored)).toMatchObject({ ok: true });
    expect(edited("xxpay", XXPAY, {})).toMatchObject({ ok: true, credentials: XXPAY });
  });

  it.each([
    ["fengniao", FENGNIAO, { "settings.wechatTokenUrl": "https://thief.example/" }, "wechatSecret"],
    ["fengniao", FENGNIAO, { "settings.wechatTokenUrl": `${OWN}?to=thief` }, "wechatSecret"],
    ["xxpay", XXPAY, { baseUrl: "https://thief.example" }, "payoutCode"],
    ["xxpay", XXPAY, { baseUrl: "http://pay.example.com", "settings.insecureTransport": "on" }, "payoutCode"],
    ["xxpay", XXPAY, { "settings.paths.createTrans": "https://thief.example/api/trans" }, "payoutCode"],
  ] as const)("of %s is not kept when it would go elsewhere: its field says so, and typed anew it is taken", (id, stored, typed, field) => {
    const input = `credentials.${field}`;
    const refused = edited(id, stored, typed);
    expect(refused).toMatchObject({ ok: false, errors: { [input]: expect.stringContaining("another address") } });
    expect(Object.keys(refused.ok ? {} : refused.errors)).toEqual([input]);
    expect(JSON.stringify(refused)).not.toContain((stored as Record<string, string>)[field]);
    expect(edited(id, stored, { ...typed, [input]: "typed0anew" })).toMatchObject({ ok: true, credentials: { [field]: "typed0anew" } });
  });

  it("that is not stored is not asked for, and a key that only signs is kept wherever the account leads", () => {
    expect(edited("xxpay", { ...XXPAY, payoutCode: "" }, { baseUrl: "https://other.example" })).toMatchObject({ ok: true });
    expect(edited("fengniao", { ...FENGNIAO, wechatSecret: "" }, { baseUrl: "https://other.example" })).toMatchObject({
      ok: true,
      credentials: { secret: FENGNIAO.secret },
    });
  });

  it("is not kept when nobody knows where it went: the stored settings are not readable any more", () => {
    const refused = edited("fengniao", FENGNIAO, {}, { wechatTokenUrl: "no address" });
    expect(refused).toMatchObject({ ok: false, errors: { "credentials.wechatSecret": expect.any(String) } });
  });
});

describe("credentials that cannot be opened any more", () => {
  it("are all to be entered again, and with them the account is whole", () => {
    const gateway = gatewayById("xxpay");
    if (!gateway) throw new Error("no gateway");
    const form = new FormData();
    for (const [name, value] of Object.entries({ title: "A", position: "0", baseUrl: "https://pay.example.com" })) form.set(name, value);
    const stored = { baseUrl: "https://pay.example.com", settings: {}, credentials: null };
    const draft = () => draftOf(form, gateway, stored, translator("en", "dashboard"));
    expect(draft()).toMatchObject({
      ok: false,
      errors: { "credentials.key": expect.any(String), "credentials.mchId": expect.any(String) },
    });
    for (const [name, value] of Object.entries({ mchId: "20001222", appId: "abc123", key: "0123456789abcdef" }))
      form.set(`credentials.${name}`, value);
    expect(draft()).toMatchObject({ ok: true, credentials: { key: "0123456789abcdef" } });
  });
});

describe("how an account is chosen", () => {
  it.each([
    ["weight", "1001"],
    ["weight", "-1"],
    ["weight", "1.5"],
    ["position", "1000"],
  ])("%s %s is refused at its field", (name, value) => {
    const gateway = gatewayById("hipopay-agent");
    if (!gateway) throw new Error("no gateway");
    const form = new FormData();
    form.set(name, value);
    const draft = draftOf(form, gateway, null, translator("en", "dashboard"));
    expect(draft.ok ? [] : Object.keys(draft.errors)).toContain(name);
  });
});
