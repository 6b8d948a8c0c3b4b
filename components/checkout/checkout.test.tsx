import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Checkout } from "#components/checkout/checkout.tsx";
import { type FixtureName, sceneOf, VIEW_FIXTURES } from "#components/checkout/fixtures.ts";
import type { Scene } from "#components/checkout/scene.ts";
import { LOCALES } from "#lib/i18n/locale.ts";

const NAMES = Object.keys(VIEW_FIXTURES) as FixtureName[];
const draw = (name: FixtureName, locale: Scene["locale"] = "en", more: Partial<Scene> = {}) =>
  renderToStaticMarkup(<Checkout scene={sceneOf(name, locale, more)} />);
const count = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].length;

/** The tags that have all of the given attribute texts, in whatever order they are written. */
const tags = (html: string, tag: string, ...attributes: string[]) =>
  [...html.matchAll(new RegExp(`<${tag}\\b[^>]*>`, "g"))]
    .map((match) => match[0])
    .filter((text) => attributes.every((one) => text.includes(one)));

describe.each(LOCALES)("every state in %s", (locale) => {
  it.each(NAMES)("%s says its state in one heading and in data-view, data-detail", (name) => {
    const html = draw(name, locale);
    const view = VIEW_FIXTURES[name];
    const [shown, detail] = name.startsWith("ask_") ? ["ask", view.offers[0]?.asks[0]] : [view.view, view.detail];
    expect(html).toContain(`data-view="${shown}" data-detail="${detail}"`);
    expect(count(html, /<h1/g)).toBe(1);
    expect(html).not.toMatch(/<h1[^>]*><\/h1>/);
    expect(html).not.toContain(' style="');
    expect(html).not.toContain("<script");
  });
});

describe("the shop's face", () => {
  it.each(NAMES)("is on %s: logo, name, colour in both themes, and whom to ask", (name) => {
    const brand = { logoUrl: "/api/logos/lgo_1", colour: "#7a1fa2", supportContact: "ask@morning.example" };
    const view = { ...VIEW_FIXTURES[name], merchant: { name: "Morning Coffee", brand } };
    const html = draw(name, "en", { view, nonce: "n0nce", ...(name.startsWith("ask_") && { ask: view.offers[0] ?? null }) });
    expect(tags(html, "img", 'class="logo"', 'src="/api/logos/lgo_1"')).toHaveLength(1);
    expect(html).toContain("Morning Coffee");
    expect(html).toMatch(/<style nonce="n0nce">:root\{--color-jade:#7a1fa2!important.*:root\[data-theme=dark\]\{--color-jade:#/);
    expect(html).toMatch(/<footer.*ask@morning\.example/s);
  });
});

describe("choosing", () => {
  it("is a form post of a button named method, so that a GET starts nothing", () => {
    const html = draw("choose");
    expect(tags(html, "form", 'action="/start"', 'method="post"').length).toBeGreaterThan(0);
    expect(tags(html, "button", 'type="submit"', 'name="method"', 'value="wechat.native"')).toHaveLength(1);
    expect(html).not.toMatch(/<a [^>]*href="[^"]*method=/);
  });

  it("shows what cannot be used here disabled, with the reason", () => {
    const html = draw("choose");
    expect(tags(html, "button", 'value="qq.h5"', "disabled")).toHaveLength(1);
    expect(html).toContain("Only on a phone.");
    expect(tags(html, "button", 'value="wechat.native"', "disabled")).toEqual([]);
  });

  it("submits the only fitting method once by script, and has one big button without", () => {
    const html = draw("choose_sole");
    expect(tags(html, "form", 'data-auto="ord_', ' wechat.jsapi "', 'action="/start"')).toHaveLength(1);
    expect(tags(html, "button", 'value="wechat.jsapi"', 'class="primary"')).toHaveLength(1);
    expect(draw("choose_sole", "en", { problem: { code: "gateway_busy", field: null } })).not.toContain("data-auto");
  });

  it("explains the way out of WeChat for Alipay, with the link to copy", () => {
    expect(draw("choose_sole", "en", { browser: "wechat", desktop: false })).toMatch(
      /Open in browser.*value="https:\/\/pay.example\/pay\//s,
    );
    expect(draw("choose")).not.toContain("Open in browser");
  });

  it("keeps a live try when the shopper only looks at the picker", () => {
    const html = draw("waiting_qr", "en", { showing: "choose" });
    expect(html).toContain('data-view="choose" data-detail="choose"');
    expect(html).toContain("is still open");
    expect(html).toContain("?lang=zh-HK&amp;choose=1");
  });
});

describe("an amount in another currency", () => {
  it("is told about in CNY beside each method, with the rates' time and who decides", () => {
    const html = draw("choose_estimates");
    expect(html).toMatch(/value="wechat.native".*?≈ CN¥1,189.42.*?value="alipay.qr".*?≈ CN¥1,189.29/s);
    expect(html).toContain("its rate of 18:05 GMT+8. The wallet decides the final amount.");
    expect(html).not.toContain('class="estimate"');
  });

  it("is told about beside the amount once the wallet is chosen, at that wallet's rate", () => {
    const html = draw("waiting_estimate");
    expect(html).toMatch(/class="estimate".*≈ CN¥1,189.42.*at WeChat’s rate of 18:05 GMT\+8: 1 HKD = 0.9231 CNY/);
    expect(draw("waiting_estimate", "zh-CN")).toContain("约 ¥1,189.42");
    expect(draw("waiting_estimate", "zh-HK")).toContain("以錢包扣款為準");
  });

  it("is not told about without a rate", () => {
    for (const name of ["choose", "waiting_qr", "paid", "failed_declined"] as const) expect(draw(name)).not.toContain("≈");
  });

  it("once paid, the receipt has what the wallet was charged, letter for letter where it is no amount", () => {
    expect(draw("paid")).toMatch(/Wallet charge<\/dt><dd>CN¥1,189.42<.*1 HKD = 0.9231 CNY/);
    expect(draw("paid_odd")).toContain("<dd>0.877 CNY<");
    expect(draw("paid_cny")).not.toMatch(/Wallet charge|= 1 CNY|Rate</);
  });
});

describe("a method that keeps failing", () => {
  it("is shown openly, disabled, with one sentence, though another shape of its wallet works", () => {
    const html = draw("choose_down");
    expect(tags(html, "button", 'value="wechat.native"', "disabled")).toHaveLength(1);
    expect(html).toMatch(/Temporarily unavailable\..*Cannot be used here/s);
  });

  it("as the only ones: says so, with a way to look again", () => {
    const html = draw("choose_all_down");
    expect(html).toContain("can be reached right now");
    expect(tags(html, "a", 'class="secondary look-again"', 'href="/pay/')).toHaveLength(1);
  });
});

describe("asking", () => {
  const bad = (field: string, code: "bank_missing" | "card_number_invalid" | "payer_name_invalid") => ({ problem: { code, field } });

  it("is a link from the method's row, and a form post that carries the answer", () => {
    expect(draw("choose_asking")).toContain('?ask=unionpay.gateway" class="method"');
    const html = draw("ask_bank");
    expect(tags(html, "form", 'action="/start"', 'method="post"', 'class="ask"')).toHaveLength(1);
    expect(tags(html, "input", 'type="radio"', 'name="bank"', "required")).toHaveLength(25);
    expect(tags(html, "button", 'type="submit"', 'name="method"', 'value="unionpay.gateway"')).toHaveLength(1);
    expect(tags(html, "a", '?choose=1"')).toHaveLength(1);
    expect(html).toContain("?lang=zh-HK&amp;ask=unionpay.gateway");
  });

  it("asks for the card as phones can fill it in, and never shows one", () => {
    const html = draw("ask_card", "en", bad("card_number", "card_number_invalid"));
    expect(
      tags(html, "input", 'name="card_number"', 'inputMode="numeric"', 'autoComplete="cc-number"', 'aria-invalid="true"'),
    ).toHaveLength(1);
    expect(tags(html, "input", 'name="card_number"', "value=")).toEqual([]);
    expect(html).toMatch(/role="alert" id="problem"[^>]*>Card number:/);
    expect(count(html, /id="problem"/g)).toBe(1);
  });

  it("asks who transfers in three fields, and puts a problem at its own", () => {
    const html = draw("ask_payer", "zh-HK", bad("payer_name", "payer_name_invalid"));
    expect(count(html, /<option/g)).toBe(98);
    expect(tags(html, "input", 'aria-invalid="true"').map((tag) => /name="(\w+)"/.exec(tag)?.[1])).toEqual(["payer_name"]);
    expect(html.indexOf('id="problem"')).toBeGreaterThan(html.indexOf('name="payer_bank"'));
  });

  it("never goes by itself to what asks", () => {
    expect(draw("ask_bank")).not.toContain("data-auto");
  });
});

describe("waiting", () => {
  it("has the code as SVG in the first HTML, black on white, with a label", () => {
    const html = draw("waiting_qr");
    expect(html).toMatch(/<svg viewBox="0 0 (\d+) \1" role="img" aria-label="QR code to pay HK\$1,288.50 with WeChat"/);
    expect(html).toContain('fill="#000"');
  });

  it("refreshes itself without scripts, only while there is something to wait for", () => {
    const refresh = /<noscript><meta http-equiv="refresh"/i;
    for (const name of ["waiting_qr", "waiting_scanned", "processing_sent", "processing_unclear"] as const)
      expect(draw(name)).toMatch(refresh);
    for (const name of ["choose", "waiting_form", "paid", "expired"] as const) expect(draw(name)).not.toMatch(refresh);
  });

  it("says where to finish when the gateway has seen the wallet, and keeps the code at hand", () => {
    const html = draw("waiting_scanned");
    expect(html).toContain("Finish in WeChat</h1>");
    expect(html).toMatch(/<details[^>]*><summary>Show the code again<\/summary><div class="qr">/);
    expect(count(html, /role="img"/g)).toBe(1);
  });

  it("asks who comes back whether it is paid, and assumes nothing", () => {
    for (const name of ["waiting_redirect", "waiting_form"] as const) {
      expect(draw(name)).toContain("Have you paid?");
      expect(count(draw(name), /data-paid-form/g)).toBe(1);
      expect(draw(name, "en", { go: true })).not.toContain("Have you paid?");
      expect(count(draw(name, "en", { go: true }), /data-paid-form/g)).toBe(1);
    }
  });

  it("jumps by script only right after the start, and always has the button", () => {
    for (const name of ["waiting_redirect", "waiting_form", "waiting_jsapi"] as const) {
      expect(draw(name)).not.toContain("data-go=");
      expect(draw(name, "en", { go: true })).toContain('data-go="att_');
    }
    expect(draw("waiting_redirect")).toContain('href="https://gateway.example/cashier?x=1"');
    expect(tags(draw("waiting_form"), "form", 'method="post"', 'action="https://gateway.example/front"')).toHaveLength(1);
  });

  it("narrows the policy to the gateway's own host", () => {
    expect(draw("waiting_iframe")).toContain("frame-src https://gateway.example");
    expect(draw("waiting_qr")).toContain("frame-src &#x27;none&#x27;");
  });

  it("offers the sandbox's wallet the code, and only in the sandbox", () => {
    const code = encodeURIComponent("https://qr.alipay.com/bax03431ljhokirwl38f00a7");
    expect(draw("waiting_qr_sandbox")).toContain(`href="/sandbox/wallet/scan?code=${code}"`);
    expect(draw("waiting_qr_sandbox", "en", { sandbox: false })).not.toContain("/sandbox/");
    expect(draw("waiting_qr")).not.toContain("/sandbox");
    expect(draw("choose_sandbox")).toContain("/sandbox/wechat?url=%2Fpay%2F");
  });
});

describe("ends", () => {
  it("hands a fresh payment back to the shop, told or not; an old one, a late one and a refunded one stay", () => {
    expect(draw("paid")).toContain('data-handoff="https://shop.example/return?order=ord_1" data-told=""');
    expect(draw("paid_untold")).toMatch(/data-handoff="[^"]*"(?! data-told)/);
    for (const name of ["paid_old", "paid_late", "refunded", "part_refunded"] as const) expect(draw(name)).not.toContain("data-handoff");
  });

  it("an order paid already says so when another try comes too late", () => {
    const html = draw("paid", "en", { problem: { code: "order_not_open", field: null } });
    expect(html).toContain("paid already");
    expect(html).not.toContain('role="alert"');
  });

  it("renews a code that ran out once a try, and not after a problem", () => {
    expect(draw("qr_expired")).toMatch(/data-auto="renew att_\w+"/);
    expect(draw("qr_expired", "en", { problem: { code: "gateway_busy", field: null } })).not.toContain("data-auto");
    expect(draw("failed_declined")).not.toContain("data-auto");
  });

  it("shows other ways at once when the wallet is down", () => {
    expect(draw("failed_unreachable")).toMatch(/id="instead".*value="alipay.qr"/s);
    expect(draw("failed_declined")).not.toContain('id="instead"');
  });

  it("a receipt has amount, time with zone, method and both numbers to copy", () => {
    const html = draw("paid");
    for (const fact of ["HK$1,288.50", "20 Nov 2026, 18:17:42 GMT+8", "WeChat Pay QR code"]) expect(html).toContain(fact);
    for (const number of ["TEA-2026-0042", "20261120ABCDEFGHJKMNPQRSTVWX"]) expect(html).toContain(`data-copy="${number}"`);
    expect(html).toContain('href="https://shop.example/return?order=ord_1"');
  });

  it("an order that has ended offers no method and no cancelling", () => {
    for (const name of ["paid", "refunded", "expired", "cancelled"] as const) {
      expect(draw(name)).not.toContain('name="method"');
      expect(draw(name)).not.toContain('action="/cancel"');
    }
  });

  it("a failed try offers the same method again and the others", () => {
    expect(tags(draw("failed_declined"), "button", 'name="method"', 'value="wechat.native"', 'class="primary"')).toHaveLength(1);
    expect(tags(draw("failed_declined"), "a", 'class="secondary"', '?choose=1"')).toHaveLength(1);
    expect(draw("qr_expired")).toContain("Get a new code");
  });

  it("a problem from an action is an alert that can take the focus", () => {
    const html = draw("choose", "zh-CN", { problem: { code: "method_unavailable", field: "method" } });
    expect(html).toMatch(/role="alert" id="problem" tabindex="-1" data-problem="method_unavailable" data-field="method"/i);
  });
});

describe("the script", () => {
  const source = readFileSync("public/checkout.js", "utf8");

  it("weighs at most 6 kB on the wire", () => {
    expect(gzipSync(source, { level: 9 }).length).toBeLessThanOrEqual(6 * 1024);
  });

  it("never stops a shopper with a box of the browser's", () => {
    expect(source).not.toMatch(/\b(?:alert|confirm|prompt)\(/);
  });

  it("is plain enough for old web-views", () => {
    // ES2017: neither `?.` nor `??`, object spread, `#private`, `catch {`, modules, nor a regular expression that looks behind.
    expect(source).not.toMatch(/\?\.[a-z[(]|\?\?|\{\s*\.\.\.|\bcatch\s*\{|^\s*(import|export)\s|\(\?<[=!]|replaceAll|\.at\(/m);
  });
});
