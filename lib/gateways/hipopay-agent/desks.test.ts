import { describe, expect, it } from "vitest";
import { hipopayAgent } from "#lib/gateways/hipopay-agent/index.ts";
import { BASE_URL, createRequest, credentials, openedAccount } from "#lib/gateways/hipopay-agent/test-account.ts";

describe("desks send the browser, and nothing else", () => {
  it.each([
    ["wechat.desk", "/pc_desk", "product_info", "agent_order_id"],
    ["wechat.mp_desk", "/mp_desk", "product_info", "agent_order_id"],
    ["alipay.desk", "/alipay/desk", "subject", "out_order_no"],
  ] as const)("%s", async (method, path, subjectName, numberName) => {
    const { account, port } = openedAccount();
    const outcome = await account.create(method, createRequest({ subject: "演示订单", extra: { table: "7 & 8" } }));
    if (!outcome.ok || outcome.value.presentation.kind !== "redirect") throw new Error("no redirect");
    expect(outcome.value.gatewayRef).toBeNull();
    const url = new URL(outcome.value.presentation.url);
    expect(url.origin + url.pathname).toBe(BASE_URL + path);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      merchant_no: "xxx",
      currency: "HKD",
      amount: "100.00",
      [subjectName]: "演示订单",
      return_url: "https://shop.test/pay/token/return",
      [numberName]: "xxxx",
      notify_url: "https://shop.test/api/notify/hipopay-agent/acc_1",
      table: "7 & 8",
    });
    expect(port.sent).toEqual([]);
  });

  it.each(["amount", "tarde_type", "status", "notify_url", "a b"])("an extra parameter may not be named %s", async (name) => {
    const { account } = openedAccount();
    const outcome = await account.create("wechat.desk", createRequest({ extra: { [name]: "1" } }));
    expect(outcome).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
  });
});

describe("what a desk brings back", () => {
  // §4.6.3's own examples.
  const query =
    "no=20181201043212345678&agent_order_id=XCY2018392812346127&merchant_no=WC58dc50dc59xxx&currency=HKD&amount=100" +
    "&exchange_rate=1.2312&tarde_type=PC_DESK&product_info=%E6%BC%94%E7%A4%BA%E8%AE%A2%E5%8D%95&trade_time=2017-06-22+21%3A29%3A47&status=PAID";

  it("is a hint: the numbers to ask about, the words to show, our own parameters apart", () => {
    expect(hipopayAgent.readReturn?.(`?${query}&table=7`)).toEqual({
      gatewayOrderNo: "XCY2018392812346127",
      gatewayRef: "20181201043212345678",
      fields: expect.objectContaining({
        trade_type: "PC_DESK",
        product_info: "演示订单",
        trade_time: "2017-06-22 21:29:47",
        status: "PAID",
      }),
      extra: { table: "7" },
    });
  });

  it("reads both spellings of trade_type, and Alipay's own number", () => {
    const hint = hipopayAgent.readReturn?.("no=1&out_order_no=X1&trade_type=DESK&subject=s");
    expect(hint).toMatchObject({ gatewayOrderNo: "X1", fields: { trade_type: "DESK", subject: "s" } });
  });

  it.each(["", "status=PAID", "no=1&no=2", "no=%zz"])("is nothing when it names no payment: %s", (text) => {
    expect(hipopayAgent.readReturn?.(text)).toBeNull();
  });
});

describe("the openid hop", () => {
  const page = { returnUrl: "https://shop.test/api/openid/acc_1", state: "tok en" };

  it("goes to the account's container with the merchant and our state", () => {
    const { account } = openedAccount([], { containerUrl: "https://pay.hipopay.com/mp?x=1" });
    const address =
      "https://pay.hipopay.com/mp?x=1&merchant_no=xxx&state=tok%20en&return_url=https%3A%2F%2Fshop.test%2Fapi%2Fopenid%2Facc_1";
    expect(account.openidUrl?.(page)).toBe(address);
    expect(hipopayAgent.openidUrl?.({ containerUrl: "https://pay.hipopay.com/mp?x=1" }, credentials, page)).toBe(address);
  });

  it("is known to exist from the settings alone", () => {
    expect(hipopayAgent.openidUrl?.({ containerUrl: "https://pay.hipopay.com/mp" }, {}, page)).toContain(
      "https://pay.hipopay.com/mp?state=",
    );
    expect(hipopayAgent.openidUrl?.({}, undefined, page)).toBeNull();
  });

  it("can leave our page out, where the container knows it by contract only", () => {
    const { account } = openedAccount([], { containerUrl: "https://pay.hipopay.com/mp", containerReturnParameter: "" });
    expect(account.openidUrl?.(page)).toBe("https://pay.hipopay.com/mp?merchant_no=xxx&state=tok%20en");
  });

  it("does not exist without a container", () => {
    expect(openedAccount().account.openidUrl?.(page)).toBeNull();
  });

  it.each(["javascript:alert(1)", "ftp://x.test", "/relative"])("%s is no container", (containerUrl) => {
    expect(() => openedAccount([], { containerUrl })).toThrow();
  });
});
