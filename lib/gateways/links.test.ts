import { describe, expect, it } from "vitest";
import { presentationProblem } from "#lib/gateways/links.ts";

const BASE = "http://127.0.0.1:4000/sandbox/gateway/hipopay-agent";
const HOSTS = ["*.alipay.com", "pay.example"];
const problem = (url: string, base = BASE) => presentationProblem({ kind: "redirect", url }, base, HOSTS);

describe("where a browser may be sent", () => {
  it.each(["https://mapi.alipay.com/gateway.do?x=1", "https://pay.example/", "http://127.0.0.1:4000/sandbox/wallet/1"])(
    "%s is allowed",
    (url) => {
      expect(problem(url)).toBeNull();
    },
  );

  it.each([
    "http://mapi.alipay.com/", // not encrypted
    "https://alipay.com.evil.example/",
    "https://evilalipay.com/",
    "https://alipay.com/", // the suffix's own apex is not in it
    "https://mapi.alipay.com:8443/",
    "https://user:pass@mapi.alipay.com/",
    "https://127.0.0.1:4000/", // the base URL's host under another scheme
    "http://127.0.0.1:4001/",
    "javascript:alert(1)",
    "data:text/html,x",
    "//mapi.alipay.com/",
    "/sandbox/wallet/1",
    "weixin://wxpay/bizpayurl?pr=1", // for QR texts only
    "",
  ])("%s is not", (url) => {
    expect(problem(url)).not.toBeNull();
    expect(presentationProblem({ kind: "iframe", url }, BASE, HOSTS)).not.toBeNull();
    expect(presentationProblem({ kind: "form", action: url, fields: {} }, BASE, HOSTS)).not.toBeNull();
  });
});

describe("what a QR may hold", () => {
  const qr = (text: string) => presentationProblem({ kind: "qr", text }, BASE, HOSTS);

  it.each([
    "weixin://wxpay/bizpayurl?pr=3CaDEKX",
    "alipays://platformapi/startapp?appId=1",
    "https://qr.alipay.com/bax04448a1pogrhduko280d3",
  ])("%s", (text) => {
    expect(qr(text)).toBeNull();
  });

  it.each(["https://evil.example/", "javascript:alert(1)", "tel:110", "pay me"])("not %s", (text) => {
    expect(qr(text)).not.toBeNull();
  });
});

it("what opens no address needs none", () => {
  expect(presentationProblem({ kind: "none" }, BASE, HOSTS)).toBeNull();
  expect(presentationProblem({ kind: "jsapi", params: { package: "x" } }, BASE, HOSTS)).toBeNull();
});
