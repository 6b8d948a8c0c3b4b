import type { Row } from "../cases.ts";
import { AMOUNT, byAttempt, byOurs, byTheirs, openidUrl, ours, refund, row, type Scenario, type Step, step, theirs } from "./steps.ts";

const CLOSED = { ok: true, value: { kind: "closed" } };

/** seeds/002. */
export const MPGATEWAY: readonly Scenario[] = [
  {
    gateway: "mpgateway",
    title: "a paid order",
    create: { input: { method: "alipay.qr" } },
    ...{ presents: "qr", pays: true },
    steps: [byOurs([row("3.5", "query by orderid")]), byTheirs([row("3.5", "query by queryid")]), openidUrl()],
  },
  {
    gateway: "mpgateway",
    title: "an unpaid order, by our number",
    create: { input: { method: "wechat.native" } },
    ...{ presents: "qr", pays: false },
    steps: [step([row("3.6", "close by orderid")], "close", ours, CLOSED)],
  },
  {
    gateway: "mpgateway",
    title: "an unpaid order, by theirs",
    create: { input: { method: "wechat.native" } },
    ...{ presents: "qr", pays: false },
    steps: [step([row("3.6", "close by queryid")], "close", theirs, CLOSED)],
  },
];

const PERSON = { number: "6222020000000000001", name: "张三", mobile: "13800000000" };
const COMPANY = { kind: "company", number: "6222020000000000001", name: "茶叶有限公司", mobile: "13800000000" };
const payout = (rows: readonly Row[], channel: string, recipient: object): Step =>
  step(
    rows,
    "payout",
    ({ attempt }) => ({ channel, amount: "5.00", recipient, remark: "工资", idempotencyKey: `${attempt} ${rows[0]?.operation}` }),
    { state: "pending" },
  );
const payoutEnds = (rows: readonly Row[], more: Partial<Step> = {}): Step =>
  step(rows, "queryPayout", ({ payout: id }) => ({ payout: id }), { state: "paid" }, { first: "payout_ends", ...more });

const XX_PERSON = { ...PERSON, bankCode: "HPT00002", bankName: "中国工商银行深圳分行", province: "广东省", city: "深圳市" };
/** seeds/003. */
export const XXPAY: readonly Scenario[] = [
  {
    gateway: "xxpay",
    title: "a paid order, payouts and the balance",
    create: { input: { method: "wechat.native", amount: "20.00" } },
    ...{ presents: "qr", pays: true },
    steps: [
      byAttempt([row("2.2", "query")], { ok: true, value: { kind: "paid", amount: { minor: "2000", currency: "CNY" } } }),
      step(
        [row("2.2", "query that makes the centre notify again (settings.executeNotify)")],
        "query",
        ({ attempt }) => ({ attempt }),
        { ok: true },
        {
          settings: { executeNotify: true },
          repeats: "payment",
        },
      ),
      step([row("3", "balance pay (not in the document)")], "balance", () => ({ name: "pay" }), { ok: true, value: { currency: "CNY" } }),
      payout([row("3.1", "payout trans, to a person")], "trans", XX_PERSON),
      payoutEnds([row("3.2", "payout query")], { settings: { executeNotify: false } }),
      payout([row("3.1", "payout trans, to a company (accountAttr 1)")], "trans", {
        ...{ ...COMPANY, bankCode: "HPT00002", bankName: "中国工商银行深圳分行", province: "广东省", city: "深圳市" },
      }),
      payoutEnds([row("3.2", "payout query that makes the centre notify again (settings.executeNotify)")], {
        settings: { executeNotify: true },
        repeats: "payout",
      }),
    ],
  },
  {
    gateway: "xxpay",
    title: "a mini program",
    create: { input: { method: "wechat.mini_program" } },
    rows: [row("4.1", "create, product 8005 微信小程序支付", "wechat.mini_program")],
    ...{ presents: "redirect", pays: true, steps: [] },
  },
];

const shape = (title: string, input: { method: string } & Record<string, unknown>, steps: readonly Step[]): Scenario => ({
  ...{ gateway: "fengniao", title, create: { input }, pays: true, steps },
});
const part = refund([row("2.20", "refund, whole or part")], "2.50");
/** seeds/004. */
export const FENGNIAO: readonly Scenario[] = [
  shape("WeChat", { method: "wechat.native" }, [
    byOurs([row("2.18", "query, WeChat's shape")]),
    part,
    openidUrl(),
    step([], "openid", ({ loginCode }) => ({ code: loginCode }), { ok: false, kind: "refused" }),
  ]),
  shape("Alipay", { method: "alipay.qr" }, [byOurs([row("2.18", "query, Alipay's shape")]), part]),
  shape("JD", { method: "jd.native" }, [byOurs([row("2.18", "query, JD's shape")]), part]),
  shape("QQ", { method: "qq.native" }, [byOurs([row("2.18", "query, QQ (WeChat's shape)")]), part]),
  shape("UnionPay", { method: "unionpay.gateway", bank: { code: "01050000", card: "debit" } }, [
    byOurs([row("2.19", "query, UnionPay's shape")]),
    // Whether the whole went back is known by a query alone (seeds/004 §2.19): in between it is asked about.
    refund([row("2.21", "refund, UnionPay (whole only)")], AMOUNT, "unknown"),
  ]),
  ...["wechat.native", "alipay.qr"].map(
    (method): Scenario => ({
      ...{ gateway: "fengniao", title: `unpaid, ${method}`, create: { input: { method } }, presents: "qr", pays: false },
      steps: [step([row("2.22", "close, WeChat and Alipay, by both numbers")], "close", theirs, CLOSED)],
    }),
  ),
  {
    gateway: "fengniao",
    title: "payouts and balances",
    create: { input: { method: "wechat.native", amount: "50.00" } },
    pays: true,
    steps: [
      step([row("2.17", "balance unionpay")], "balance", () => ({ name: "unionpay" }), { ok: true, value: { currency: "CNY" } }),
      step([row("2.25", "balance merchant")], "balance", () => ({ name: "merchant" }), { ok: true, value: { currency: "CNY" } }),
      payout([row("2.15", "payout, channel unionpay")], "unionpay", PERSON),
      payoutEnds([row("2.16", "queryPayout, channel unionpay")]),
      payout([row("2.23", "payout, channel merchant")], "merchant", {
        ...{ ...COMPANY, bankCode: "102584002910", bankName: "中国工商银行深圳分行", province: "广东省", city: "深圳市" },
      }),
      payoutEnds([row("2.24", "queryPayout, channel merchant")]),
    ],
  },
];
