import { describe, expect, it } from "vitest";
import { browserOf } from "#lib/domain/shopper.ts";
import { PHONE_AGENTS, phoneHeaders } from "#lib/sandbox/phone.ts";

const headers = (fields: Record<string, string>): Headers => new Headers(fields);
const WECHAT = "theme=dark; sandbox_phone=wechat; lang=en";

describe("phoneHeaders", () => {
  it.each([
    ["wechat", "wechat"],
    ["alipay", "alipay"],
    ["qq", "qq"],
    ["unionpay", "unionpay"],
    ["jd", "phone"],
    ["baidu", "phone"],
  ] as const)("a frame of the %s phone has a User-Agent the checkout takes for %s", (phone, browser) => {
    const answer = phoneHeaders(headers({ cookie: `sandbox_phone=${phone}`, "sec-fetch-dest": "iframe" }));
    expect(answer).toEqual({ userAgent: PHONE_AGENTS[phone] });
    expect(browserOf(answer?.userAgent ?? "")).toBe(browser);
  });

  it("a fetch that the frame has marked counts as the frame", () => {
    expect(phoneHeaders(headers({ cookie: WECHAT, "sec-fetch-dest": "empty", "x-sandbox-phone": "wechat" }))).not.toBeNull();
  });

  it.each([
    ["the cookie alone: another tab of the same browser", { cookie: WECHAT, "sec-fetch-dest": "document" }],
    ["a frame alone: a page embedded elsewhere", { "sec-fetch-dest": "iframe" }],
    ["the header alone", { "x-sandbox-phone": "wechat" }],
    ["the header of the other phone", { cookie: WECHAT, "x-sandbox-phone": "alipay" }],
    ["an unknown phone", { cookie: "sandbox_phone=nokia", "sec-fetch-dest": "iframe" }],
    ["a property every object has", { cookie: "sandbox_phone=constructor", "sec-fetch-dest": "iframe" }],
    ["a cookie whose name only ends so", { cookie: "not_sandbox_phone=wechat", "sec-fetch-dest": "iframe" }],
    ["nothing", {}],
  ])("%s changes nothing", (_name, fields) => {
    expect(phoneHeaders(headers(fields as Record<string, string>))).toBeNull();
  });
});
