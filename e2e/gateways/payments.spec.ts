import { expect, test } from "../fixtures.ts";
import { type Change, standBetween } from "../support/between.ts";
import { openGatewayShop } from "../support/gateway-shop.ts";
import { BROWSERS, expectPaidOnce, pay } from "../support/ways.ts";
import { type BrowserName, PAYMENTS, type PaymentCase } from "./payments.ts";

type Reply = { content?: { pay_info?: { package?: string } | string } & Record<string, unknown> } & Record<string, unknown>;

/** What real gateways answer in place of the sandbox's answer (seeds/004 §2.2, §2.12; protocols.md §4). */
const CHANGES: Readonly<Record<NonNullable<PaymentCase["between"]>, (origin: string) => Change>> = {
  qr_code_alone: () => (body) => body.replace(/,?"code_url":"[^"]*"/, ""),
  page_instead_of_parameters: (origin) => (body, own) => {
    const code = /prepay_id=(?:wx)?(\w+)/.exec(body)?.[1];
    return code ? withPage(body, own(`${origin}/sandbox/cashier/wechat_jsapi/${code}`)) : body;
  },
};

/** Takes `pay_info` out, wherever it stands, and puts `pay_url` there. */
function withPage(body: string, url: string): string {
  const put = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const kept = Object.entries(value).map(([name, one]) => (name === "pay_info" ? ["pay_url", url] : [name, put(one)]));
    return Object.fromEntries(kept);
  };
  return JSON.stringify(put(JSON.parse(body) as Reply));
}

const byBrowser = (name: BrowserName) =>
  PAYMENTS.filter(({ way }) => way.how !== "counter" && (way.how === "sheet" ? "desktop" : way.in) === name);

for (const [name, device] of Object.entries(BROWSERS)) {
  test.describe(name, () => {
    test.use(device);
    for (const one of byBrowser(name as BrowserName))
      test(`${one.gateway} ${one.title}: paid, told of and credited once`, async ({ page, control, ledger, database, server }) => {
        const origin = server.publicUrl;
        const gateway = `${origin}/sandbox/gateway/${one.gateway}`;
        const between = one.between ? await standBetween(gateway, CHANGES[one.between](origin)) : null;
        const settings = {
          ...one.settings,
          ...(one.settings?.containerUrl ? { containerUrl: `${origin}/sandbox/wechat/container` } : {}),
          // Who stands in between is no https.
          ...(between && { insecureTransport: true }),
        };
        const shop = await openGatewayShop(database, origin, one.gateway, { settings, ...(between && { baseUrl: between.baseUrl }) });
        if (one.settings?.containerUrl) await control.registerPage(shop.merchantNo, `${origin}/api/openid/${shop.accountId}`);
        const landings: string[] = [];
        page.on("request", (request) => {
          if (/\/pay\/\w+\/return/.test(request.url())) landings.push(request.url());
        });
        const token = await pay({ page, control, ledger, shop }, one);
        await expectPaidOnce({ page, control, ledger, shop }, token, one);
        if (one.returns) expect(landings.join("\n")).toMatch(one.returns);
        await between?.close();
      });
  });
}
