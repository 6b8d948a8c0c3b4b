import type { APIRequestContext, Page } from "@playwright/test";
import type { E2eServer } from "../../scripts/e2e-server.ts";
import { expect, test } from "../fixtures.ts";
import { openQr } from "../support/checkout.ts";
import type { CommandLine } from "../support/command-line.ts";
import type { Control } from "../support/control.ts";
import { type Deaf, standDeaf } from "../support/deaf.ts";
import { type GatewayShop, openGatewayShop } from "../support/gateway-shop.ts";
import type { Ledger } from "../support/ledger.ts";
import { NOTICES, type Telling } from "./notices.ts";
import { md5, sortedPairs } from "./outside-clients.ts";

interface Stage {
  page: Page;
  request: APIRequestContext;
  control: Control;
  ledger: Ledger;
  server: E2eServer;
  commandLine: CommandLine;
  shop: GatewayShop;
}

/** An order whose code is shown and whose tries only a notice may settle; `number` is ours at the gateway. */
async function shown({ page, ledger, shop }: Stage, method: string) {
  const token = await openQr(page, shop.slug, method);
  // Nobody looks at it: the page would ask the gateway, and so would the sweep.
  await page.goto("about:blank");
  await ledger.holdSweep(token);
  const number = (await ledger.attempts(token))[0]?.gatewayOrderNo ?? "";
  return { token, number };
}

const verdictsOf = async (ledger: Ledger, number: string) => {
  const rows = await ledger.query<{ verdict: string }>("select verdict from notifications where gateway_order_no = $1", [number]);
  return rows.map((one) => one.verdict);
};

const mark = (ledger: Ledger, no: string, extra: object) =>
  ledger.query("update sandbox.payments set extra = extra || $2 where no = $1", [no, JSON.stringify(extra)]);

/** A notice the test signs as the gateway: seeds/002 §2.2, `md5(base64 + key)`. */
function mpgatewayNotice({ shop }: Stage, fields: Record<string, string>): Record<string, string> {
  const { merid, key } = shop.given.credentials as { merid: string; key: string };
  const resp = Buffer.from(JSON.stringify({ merid, ...fields }), "utf8").toString("base64");
  return { resp, sign: md5(resp + key) };
}

/** The same for seeds/004 §4.1: sorted md5 with the secret at the end. */
function fengniaoNotice({ shop }: Stage, fields: Record<string, string>): Record<string, string> {
  const { secret } = shop.given.credentials as { secret: string };
  return { ...fields, sign_type: "MD5", sign: md5(`${sortedPairs(fields)}&key=${secret}`) };
}

/** Fengniao's notice of a paid order, with `more` in it, by this verb: acknowledged, asked about, credited. */
async function fengniaoTells(stage: Stage, more: Record<string, string>, verb: "GET" | "POST"): Promise<void> {
  const { request, control, ledger, shop } = stage;
  const { token, number } = await shown(stage, "alipay.qr");
  const { no } = await control.pay(number, "notice_lost");
  const fields = { out_trade_no: number, trade_no: no, total_amount: "8.80", pay_time: "2026-11-20 10:00:00", ...more };
  const form = fengniaoNotice(stage, fields);
  const url = `/api/notify/fengniao/${shop.accountId}`;
  const answer = verb === "POST" ? await request.post(url, { form }) : await request.get(url, { params: form });
  expect([answer.status(), await answer.text()]).toEqual([200, "SUCCESS"]);
  await expect.poll(async () => (await ledger.order(token)).state).toBe("paid");
  expect(await verdictsOf(ledger, number)).toEqual(["queried"]);
  // The same with one letter changed is somebody else's.
  const changed = { ...form, total_amount: "8.81" };
  const refused = verb === "POST" ? await request.post(url, { form: changed }) : await request.get(url, { params: changed });
  expect(refused.status()).toBe(400);
}

const PERSON = {
  ...{ number: "6222020000000000001", name: "张三", mobile: "13800000000", bankCode: "HPT00002" },
  ...{ bankName: "中国工商银行深圳分行", province: "广东省", city: "深圳市" },
};

/** A payout sent at the command line that waits at its bank and that nobody asks about; its row's id and number. */
async function payoutSent({ control, ledger, commandLine, shop, page }: Stage): Promise<{ id: string; number: string }> {
  const token = await openQr(page, shop.slug, "wechat.native");
  await control.pay((await ledger.attempts(token))[0]?.gatewayOrderNo ?? "");
  const input = { channel: "trans", amount: "5.00", recipient: PERSON, idempotencyKey: token };
  const { code, stdout, stderr } = await commandLine(shop.accountId, "payout", JSON.stringify(input));
  if (code !== 0) throw new Error(stderr + stdout);
  const { id, payoutNo } = (JSON.parse(stdout) as { result: { id: string; payoutNo: string } }).result;
  await ledger.query("update payouts set next_try_at = now() + interval '1 hour' where id = $1", [id]);
  return { id, number: payoutNo };
}

const payoutState = async (ledger: Ledger, id: string) =>
  (await ledger.query<{ state: string }>("select state from payouts where id = $1", [id]))[0]?.state;

const DOES: Readonly<Record<Telling, (stage: Stage) => Promise<void>>> = {
  /** The first try is answered by nobody who understands it; the gateway comes again by its schedule, and once more is credited. */
  async refused_once(stage) {
    const { control, ledger, shop, server } = stage;
    const deaf: Deaf = await standDeaf(`${server.publicUrl}/api/notify/${shop.given.gateway}/${shop.accountId}`);
    const { token, number } = await shown(stage, "wechat.native");
    await ledger.query("update sandbox.payments set notify_url = $2 where client_no = $1", [number, deaf.url]);
    await control.pay(number);
    await expect.poll(async () => (await ledger.order(token)).state).toBe("paid");
    // Our commit comes before our answer, and the gateway writes down what it heard after that.
    await expect.poll(async () => (await control.read(number)).notices[0]?.state).toBe("acknowledged");
    const [notice] = (await control.read(number)).notices;
    expect(notice?.log.map(({ status, acknowledged }) => [status, acknowledged])).toEqual([
      [200, false],
      [200, true],
    ]);
    expect(notice?.log.at(-1)?.body).toBe("success");
    await deaf.close();
  },
  async version_3(stage) {
    const { control, ledger } = stage;
    const { token, number } = await shown(stage, "wechat.native");
    await control.pay(number);
    await expect.poll(async () => (await ledger.order(token)).state).toBe("paid");
    const [told] = await ledger.query<{ fields: object }>("select fields from notifications where gateway_order_no = $1", [number]);
    expect(Object.keys(told?.fields ?? {})).toEqual(
      expect.arrayContaining(["pay_rate", "pay_rate_reversed", "bank_type", "promotion_detail"]),
    );
  },
  async mpgateway_failed(stage) {
    const { request, control, ledger, shop } = stage;
    const { token, number } = await shown(stage, "wechat.native");
    const { payment } = await control.read(number);
    await control.decline(number);
    const form = mpgatewayNotice(stage, { resultcode: "1003", resultmsg: "交易失败", queryid: payment.no, txnamt: "880", orderid: number });
    const answer = await request.post(`/api/notify/mpgateway/${shop.accountId}`, { form });
    expect([answer.status(), await answer.text()]).toEqual([200, "0000"]);
    await expect.poll(async () => (await ledger.attempts(token))[0]?.state).toBe("failed");
    expect((await ledger.order(token)).state).toBe("open");
  },
  async mpgateway_unsettled(stage) {
    const { control, ledger } = stage;
    const { token, number } = await shown(stage, "wechat.native");
    await mark(ledger, (await control.read(number)).payment.no, { resultcode: "1002" });
    await control.pay(number);
    await expect.poll(async () => (await ledger.order(token)).state).toBe("paid");
    expect(await verdictsOf(ledger, number)).toEqual(["queried"]);
  },
  /** 1001 and 1004 are no payment, whoever signed them; a contested one is shown to a person. */
  async mpgateway_contested(stage) {
    const { request, control, ledger, shop } = stage;
    const { token, number } = await shown(stage, "wechat.native");
    const { payment } = await control.read(number);
    const form = mpgatewayNotice(stage, { resultcode: "1001", resultmsg: "未支付", queryid: payment.no, txnamt: "880", orderid: number });
    const answer = await request.post(`/api/notify/mpgateway/${shop.accountId}`, { form });
    expect([answer.status(), await answer.text()]).toEqual([200, "0000"]);
    expect(await ledger.order(token)).toMatchObject({ state: "open", needsReview: false });
    await mark(ledger, payment.no, { resultcode: "1004" });
    await control.pay(number);
    await expect.poll(async () => (await ledger.order(token)).needsReview).toBe(true);
    await expect.poll(async () => (await control.read(number)).notices.map((one) => one.state)).toEqual(["acknowledged"]);
    expect(await ledger.order(token)).toMatchObject({ state: "open", paidAmount: 0n });
  },
  fengniao_unknown_fields: (stage) => fengniaoTells(stage, { trade_status: "TRADE_SUCCESS", somebody_new: "x y" }, "POST"),
  fengniao_blank_fields: (stage) => fengniaoTells(stage, { trade_status: "TRADE_SUCCESS", body: "", subject: "" }, "POST"),
  fengniao_get: (stage) => fengniaoTells(stage, { trade_status: "TRADE_SUCCESS" }, "GET"),
  async payout_get(stage) {
    const { control, ledger } = stage;
    const { id, number } = await payoutSent(stage);
    await control.endPayout(number);
    await expect.poll(() => payoutState(ledger, id)).toBe("paid");
    await expect.poll(async () => (await control.readPayout(number)).notices.map((one) => one.state)).toEqual(["acknowledged"]);
  },
  /** Real centres post what the document sends by GET (protocols.md §3). The sandbox's own notice is kept back. */
  async payout_form(stage) {
    const { request, control, ledger, shop } = stage;
    const { id, number } = await payoutSent(stage);
    await ledger.query("update sandbox.payouts set notify_url = null where client_no = $1", [number]);
    await control.endPayout(number);
    const { mchId, appId, key } = shop.given.credentials as { mchId: string; appId: string; key: string };
    const { payout } = await control.readPayout(number);
    const fields = { mchId, appId, transOrderId: payout.no, mchTransOrderNo: number, amount: "500", status: "2", backType: "2" };
    const sign = md5(`${sortedPairs(fields)}&key=${key}`).toUpperCase();
    const answer = await request.post(`/api/notify/xxpay/${shop.accountId}/payout`, { form: { ...fields, sign } });
    expect([answer.status(), await answer.text()]).toEqual([200, "success"]);
    await expect.poll(() => payoutState(ledger, id)).toBe("paid");
  },
};

const SETTINGS: Partial<Record<Telling, object>> = { version_3: { responseVersion: "3.0" } };

for (const { gateway, title, tells } of NOTICES) {
  test(`${gateway} ${title}`, async ({ page, request, control, ledger, commandLine, database, server }) => {
    const shop = await openGatewayShop(database, server.publicUrl, gateway, { settings: { ...SETTINGS[tells] } });
    await DOES[tells]({ page, request, control, ledger, commandLine, server, shop });
  });
}
