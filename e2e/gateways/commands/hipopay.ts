import {
  bill,
  byAttempt,
  byOurs,
  byTheirs,
  customs,
  OPENID,
  openidUrl,
  PAID,
  rate,
  refund,
  refundBy,
  refundByAll,
  row,
  type Scenario,
  step,
} from "./steps.ts";

const AGENT_REFUNDS = "queryRefund by refund_no, order_no, agent_order_id, outer_refund_no (shape of the reply assumed)";
const AGENT_ALIPAY_REFUNDS = "queryRefund by refund_no, payment_no, outer_order_no, outer_refund_no (shape of the reply assumed)";

/** seeds/000. */
export const AGENT: readonly Scenario[] = [
  {
    gateway: "hipopay-agent",
    title: "WeChat",
    create: { input: { method: "wechat.native" } },
    ...{ presents: "qr", pays: true },
    steps: [
      byOurs([row("4.9", "query, Version 1.0")]),
      byTheirs([row("4.9", "query, Version 1.0")]),
      byAttempt([row("4.9", "query, Version 2.0")], PAID, { settings: { agentQueryVersion: "2.0" } }),
      rate([row("4.11", "rate")], "wechat"),
      ...customs("wechat", {
        declare: row("9.1", "declare, WeChat"),
        redeclare: row("9.2", "redeclare, WeChat"),
        query: row("9.3", "queryDeclaration, WeChat"),
      }),
      refund([row("4.8", "refund")], "2.50"),
      ...refundByAll([row("4.10", AGENT_REFUNDS)]),
      bill([row("8", "bill (format assumed: seeds/001)")]),
      openidUrl(),
    ],
  },
  {
    gateway: "hipopay-agent",
    title: "Alipay",
    create: { input: { method: "alipay.qr" } },
    ...{ presents: "qr", pays: true },
    steps: [
      byOurs([row("6.5", "query")]),
      rate([row("6.8", "rate")], "alipay"),
      ...customs("alipay", {
        declare: row("9.4", "declare, Alipay"),
        redeclare: row("9.5", "redeclare, Alipay"),
        query: row("9.6", "queryDeclaration, Alipay"),
      }),
      refund([row("6.6", "refund")], "2.50"),
      ...refundByAll([row("6.7", AGENT_ALIPAY_REFUNDS)]),
    ],
  },
  {
    gateway: "hipopay-agent",
    title: "WeChat's Hong Kong wallet",
    create: { input: { method: "wechat.barcode" }, scan: "wechat", hongKong: true },
    ...{ presents: "none", pays: false },
    steps: [
      byAttempt([row("5.3", "query, Hong Kong wallet")], { ...PAID, value: { ...PAID.value, detail: { payCurrency: "HKD" } } }),
      refund([row("5.2", "refund, Hong Kong wallet")], "2.50"),
      refundBy([row("5.4", "queryRefund, Hong Kong wallet")], "refundNo"),
    ],
  },
  {
    gateway: "hipopay-agent",
    title: "Alipay offline",
    create: { input: { method: "alipay.barcode" }, scan: "alipay" },
    ...{ presents: "none", pays: false },
    steps: [
      byAttempt([row("7.4", "query, offline")]),
      refund([row("7.3", "refund, offline")], "2.50"),
      refundBy([row("7.5", "queryRefund, offline")], "refundNo"),
    ],
  },
  {
    gateway: "hipopay-agent",
    title: "a mini program",
    create: { input: { method: "wechat.mini_program", openid: OPENID, appId: "wx0123456789abcdef" } },
    rows: [row("4.4", "create", "wechat.mini_program")],
    ...{ presents: "app", pays: true },
    steps: [step([row("4.4", "openid", "wechat.mini_program")], "openid", ({ loginCode }) => ({ code: loginCode }), { ok: true })],
  },
  {
    gateway: "hipopay-agent",
    title: "an app, WeChat",
    create: { input: { method: "wechat.app", appId: "wx0123456789abcdef" } },
    rows: [row("4.5", "create", "wechat.app")],
    ...{ presents: "app", pays: true, steps: [] },
  },
  {
    gateway: "hipopay-agent",
    title: "an app, Alipay",
    create: { input: { method: "alipay.app" } },
    rows: [row("6.2", "create", "alipay.app")],
    ...{ presents: "app", pays: true, steps: [] },
  },
];

const MERCHANT_REFUND = row("11", "refund, in parts or in full");
const MERCHANT_REFUNDS = row("12", "queryRefund by refund_no or out_refund_id");
const HONG_KONG = { wechatWallet: "hongkong" };
const MINI = { method: "wechat.mini_program", openid: OPENID, appId: "wx0123456789abcdef" };
const merchantApp = (title: string, input: { method: string }, operation: string, settings: Scenario["settings"] = {}): Scenario => ({
  ...{ gateway: "hipopay-merchant", title, settings, create: { input } },
  rows: [row("7", operation, input.method)],
  ...{ presents: "app", pays: true, steps: [] },
});

/** seeds/001. */
export const MERCHANT: readonly Scenario[] = [
  {
    gateway: "hipopay-merchant",
    title: "WeChat",
    settings: { containerUrl: "http://localhost/container" },
    create: { input: { method: "wechat.native" } },
    ...{ presents: "qr", pays: true },
    steps: [
      byOurs([row("8", "query by payment_no or out_trade_id")]),
      byTheirs([row("8", "query by payment_no or out_trade_id")]),
      rate([row("9", "rate, WeChat")], "wechat"),
      rate([row("9", "rate, Alipay")], "alipay"),
      rate([row("9", "rate, WeChat, older name")], "wechat", { ratePath: "rate" }),
      rate([row("9", "rate, Alipay, older name")], "alipay"),
      ...customs(
        "wechat",
        {
          declare: row("14", "declare, WeChat"),
          redeclare: row("15", "redeclare, WeChat"),
          query: row("16", "queryDeclaration, WeChat"),
        },
        true,
      ),
      refund([MERCHANT_REFUND], "8.00"),
      refund([MERCHANT_REFUND], "2.50"),
      refundBy([MERCHANT_REFUNDS], "refundNo"),
      refundBy([MERCHANT_REFUNDS], "gatewayRefundRef"),
      bill([row("13", "bill, Version 3.0")]),
      openidUrl(),
    ],
  },
  {
    gateway: "hipopay-merchant",
    title: "Alipay's customs",
    create: { input: { method: "alipay.qr" } },
    ...{ presents: "qr", pays: true },
    steps: customs("alipay", {
      declare: row("14", "declare, Alipay (fields of seeds/000 §9.4)"),
      redeclare: row("15", "redeclare, Alipay (fields of seeds/000 §9.5)"),
      query: row("16", "queryDeclaration, Alipay (fields of seeds/000 §9.6)"),
    }),
  },
  merchantApp("a mini program", MINI, "create"),
  merchantApp("a mini program, priced in CNY", MINI, "create, priced in CNY (`is_rmb=TRUE`)", { isRmb: "on" }),
  merchantApp("a mini program, Hong Kong", MINI, "create, Hong Kong wallet", HONG_KONG),
  merchantApp("an app", { method: "wechat.app", ...{ appId: "wx0123456789abcdef" } }, "create"),
  merchantApp("an app, Hong Kong", { method: "wechat.app", ...{ appId: "wx0123456789abcdef" } }, "create, Hong Kong wallet", HONG_KONG),
  merchantApp("an app, Alipay", { method: "alipay.app" }, "create"),
];
