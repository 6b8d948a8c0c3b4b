import type { Row } from "../cases.ts";

/** What is known of a scenario's payment when a step is typed. */
export interface Known {
  order: string;
  attempt: string;
  method: string;
  gatewayOrderNo: string;
  /** The gateway's number. */
  gatewayRef: string;
  merchantNo: string;
  /** By the latest refund of the scenario. */
  refundNo: string;
  gatewayRefundRef: string;
  /** The latest payout's id. */
  payout: string;
  /** A calendar day in UTC+8. */
  today: string;
  /** A code of WeChat's that stands for an openid, unused. */
  loginCode: string;
}

/** One call of `npm run gateway`, and what its `result` must say (as `toMatchObject`). */
export interface Step {
  rows: readonly Row[];
  operation: string;
  input: (known: Known) => object;
  says: object;
  /** Settings the account has from here on. */
  settings?: Readonly<Record<string, unknown>>;
  /** Done before it is typed: the gateway ends the latest payout. */
  first?: "payout_ends";
  /** What the gateway has told of once more afterwards. */
  repeats?: "payment" | "payout";
}

/** A payment made at the command line and what is asked about it. */
export interface Scenario {
  gateway: "hipopay-agent" | "hipopay-merchant" | "mpgateway" | "xxpay" | "fengniao";
  title: string;
  settings?: Readonly<Record<string, unknown>>;
  /** What is created; null: nothing is. `scan`: a code of the shopper's wallet is named. */
  create: { input: { method: string; amount?: string } & Record<string, unknown>; scan?: "wechat" | "alipay"; hongKong?: true } | null;
  rows?: readonly Row[];
  /** How what was created is to be paid; absent: not asked. */
  presents?: "qr" | "app" | "redirect" | "none";
  /** Whether the shopper pays it. */
  pays: boolean;
  steps: readonly Step[];
}

export const row = (section: string, operation: string, method: string | null = null): Row => ({ section, operation, method });
export const step = (rows: readonly Row[], operation: string, input: Step["input"], says: object, more: Partial<Step> = {}): Step => ({
  ...{ rows, operation, input, says },
  ...more,
});
export const AMOUNT = "10.50";
export const PAID = { ok: true, value: { kind: "paid", amount: { minor: "1050", currency: "CNY" } } };

export const byAttempt = (rows: readonly Row[], says: object = PAID, more: Partial<Step> = {}): Step =>
  step(rows, "query", ({ attempt }) => ({ attempt }), says, more);
export const ours = ({ method, gatewayOrderNo }: Known) => ({ method, gatewayOrderNo, amount: AMOUNT });
export const theirs = (known: Known) => ({ ...ours(known), gatewayRef: known.gatewayRef });
export const byOurs = (rows: readonly Row[]): Step => step(rows, "query", ours, PAID);
export const byTheirs = (rows: readonly Row[]): Step => step(rows, "query", theirs, PAID);
export const refund = (rows: readonly Row[], amount: string, state = "succeeded"): Step =>
  step(rows, "refund", ({ order }) => ({ order, amount, reason: "茶凉了 cold tea" }), { state });
const REFUNDED = { ok: true, value: [{ kind: "succeeded", amount: { minor: "250", currency: "CNY" } }] };
export const refundBy = (rows: readonly Row[], name: "refundNo" | "gatewayRefundRef" | "gatewayRef" | "gatewayOrderNo"): Step =>
  step(rows, "queryRefund", (known) => ({ method: known.method, currency: "CNY", [name]: known[name] }), REFUNDED);
export const refundByAll = (rows: readonly Row[]): Step[] =>
  (["refundNo", "gatewayRefundRef", "gatewayRef", "gatewayOrderNo"] as const).map((name) => refundBy(rows, name));
export const rate = (rows: readonly Row[], wallet: "wechat" | "alipay", settings?: Step["settings"]): Step =>
  step(rows, "rate", () => ({ wallet, currency: "USD" }), { ok: true, value: { currency: "USD" } }, settings ? { settings } : {});
export const bill = (rows: readonly Row[]): Step =>
  step(rows, "bill", ({ today }) => ({ from: today, to: today }), { ok: true, value: { unreadable: [] } });

/** Declares, asks and declares again: seeds/000 §9; seeds/001 §14–16, where WeChat's is always a sub-order (`split`). */
export function customs(wallet: "wechat" | "alipay", rows: { declare: Row; redeclare: Row; query: Row }, split = false): Step[] {
  const office = wallet === "wechat" ? { customs: "SHENZHEN" } : { customs: "ZONGSHU", merchantCustomsName: "tea_card" };
  const ours = { merchantCustomsNo: "123456789BTW", ...office };
  const subOrderNo = ({ gatewayOrderNo }: Known) => `${gatewayOrderNo}S1`;
  const named = (known: Known) => ({
    ...{ wallet, ...ours },
    ...(split ? { subOrderNo: subOrderNo(known) } : { gatewayRef: known.gatewayRef }),
  });
  const parts = { amount: "1.22", transport: "0.22", product: "1.00" };
  const identity = { certId: "510921199308772318", name: "Lisa" };
  const declare = (known: Known) => ({
    ...{ wallet, ...ours, gatewayRef: known.gatewayRef, gatewayOrderNo: known.gatewayOrderNo },
    ...(wallet === "wechat" && !split && { dutyFen: "88" }),
    ...(split && { split: { subOrderNo: subOrderNo(known), ...parts }, identity }),
  });
  const declared = { ok: true, value: [{ customs: office.customs }] };
  return [
    step([rows.declare], "declare", declare, declared),
    step([rows.query], "queryDeclaration", named, declared),
    step([rows.redeclare], "redeclare", named, declared),
  ];
}

export const openidUrl = (): Step =>
  step([], "openidUrl", () => ({ returnUrl: "http://localhost/back", state: "abc" }), { url: /localhost.*back/ });
export const OPENID = "oSandbox123456";
