import { describe, expect, it } from "vitest";
import { BASE_URL, created, createRequest, openedAccount } from "#lib/gateways/xxpay/test-account.ts";

const present = async (payUrl: string, settings = {}) => {
  const outcome = await openedAccount([created(payUrl)], settings).account.create("alipay.wap", createRequest());
  return outcome.ok ? outcome.value.presentation : outcome.kind;
};
const PAGE = `${BASE_URL}/api/qrcode/create_qrcode?params=`;

describe("a payUrl", () => {
  it.each([
    [
      "https://openapi.alipay.com/gateway.do?a=%E4%B8%AD&b=%2B",
      { kind: "redirect", url: "https://openapi.alipay.com/gateway.do?a=%E4%B8%AD&b=%2B" },
    ],
    [`${BASE_URL}/pay?no=1`, { kind: "redirect", url: `${BASE_URL}/pay?no=1` }],
    ["weixin://wxpay/bizpayurl?pr=3CaDEKX", { kind: "qr", text: "weixin://wxpay/bizpayurl?pr=3CaDEKX" }],
    ["alipays://platformapi/startapp?appId=1", { kind: "qr", text: "alipays://platformapi/startapp?appId=1" }],
  ])("%s", async (payUrl, presentation) => {
    expect(await present(payUrl)).toEqual(presentation);
  });

  it("of the document's own sample is the QR that its page would draw, its text as it stands", async () => {
    const text = "https://qr.alipay.com/bax07593fh9xkcrimmy8203b";
    expect(await present(`http://127.0.0.1:3020/api/qrcode/create_qrcode?params=${text}`)).toEqual({ kind: "qr", text });
    expect(await present(`${PAGE}https://qr.alipay.com/x?a=%25&b=1#c`)).toEqual({
      kind: "qr",
      text: "https://qr.alipay.com/x?a=%25&b=1#c",
    });
    expect(await present(`https://centre.example/sub/path/api/qrcode/create_qrcode?params=${text}`)).toEqual({ kind: "qr", text });
    expect(await present(`${PAGE}weixin://wxpay/x`)).toEqual({ kind: "qr", text: "weixin://wxpay/x" });
  });

  it("of that page leads to the page itself where the account says so, or where its text is escaped", async () => {
    const url = `${PAGE}https://qr.alipay.com/bax1`;
    expect(await present(url, { qrPage: "page" })).toEqual({ kind: "redirect", url });
    const escaped = `${PAGE}https%3A%2F%2Fqr.alipay.com%2Fbax1`;
    expect(await present(escaped)).toEqual({ kind: "redirect", url: escaped });
  });

  it("that only mentions such a page is an address like any other", async () => {
    const url = "https://qr.alipay.com/?to=http://x/api/qrcode/create_qrcode?params=weixin://y";
    expect(await present(url)).toEqual({ kind: "redirect", url });
  });
});

describe("POST;url", () => {
  const url = "https://gateway.95516.com/gateway/api/frontTransReq.do?a=%2B%20x&empty=&name=a=b&plain";

  it("is a form of the query's raw pairs, posted to what stands before the question mark", async () => {
    expect(await present(`POST;${url}`)).toEqual({
      kind: "form",
      action: "https://gateway.95516.com/gateway/api/frontTransReq.do",
      fields: { a: "%2B%20x", empty: "", name: "a=b", plain: "" },
    });
  });

  it("is decoded once where the account says so", async () => {
    expect(await present(`POST;${url}`, { postedValues: "decoded" })).toMatchObject({ fields: { a: "+ x", name: "a=b" } });
  });

  it("may have no query, and may lead to the centre itself", async () => {
    expect(await present(`POST;${BASE_URL}/bank`)).toEqual({ kind: "form", action: `${BASE_URL}/bank`, fields: {} });
  });

  it.each(["a=1&a=2", "=1", "a=1&&b=2"])("with the query %s cannot be posted as it stands: unclear", async (query) => {
    expect(await present(`POST;${BASE_URL}/bank?${query}`)).toBe("unknown");
  });
});

describe("is not shown, and so unclear:", () => {
  it.each([
    "https://evil.example/pay",
    "http://qr.alipay.com/plain",
    "https://evilalipay.com/",
    "https://alipay.com.evil.example/",
    "https://user@qr.alipay.com/",
    "javascript:alert(1)",
    "data:text/html,x",
    "not an address",
    "POST;https://evil.example/bank?a=1",
    "POST;javascript:alert(1)",
    "POST;",
    `${PAGE}https://evil.example/pay`,
    `${PAGE}javascript:alert(1)`,
  ])("%s", async (payUrl) => {
    expect(await present(payUrl)).toBe("unknown");
  });
});
