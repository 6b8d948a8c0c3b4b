import { z } from "zod";
import { CURRENCIES } from "#lib/domain/currency.ts";
import { METHODS } from "#lib/domain/methods.ts";
import { isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";

/** What may be typed after an operation's name. Every schema is strict: a field it does not know is an error that names it. */

const text = z.string().trim().min(1).max(256);
const number = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "letters, digits, - and _ only");
const method = z.enum(METHODS);
const currency = z.enum(CURRENCIES).default("CNY");
const amount = z.string().regex(/^\d{1,13}(\.\d{1,2})?$/, 'decimal text in major units, such as "19.90"');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2026-11-20 (UTC+8)");
const wallet = z.enum(["wechat", "alipay"]);

const recipient = z.strictObject({
  kind: z.enum(["personal", "company"]).default("personal"),
  number: z.string(),
  name: z.string(),
  mobile: z.string().optional(),
  bankCode: z.string().optional(),
  bankName: z.string().optional(),
  province: z.string().optional(),
  city: z.string().optional(),
  idCard: z.string().optional(),
});

/** Names a payment of ours: by its attempt, or by what the gateway knows it as. */
const payment = z.strictObject({
  attempt: number.optional(),
  method: method.optional(),
  gatewayOrderNo: number.optional(),
  gatewayRef: number.nullable().default(null),
  amount: amount.optional(),
  currency,
});

const declaration = {
  wallet,
  gatewayOrderNo: number.optional(),
  gatewayRef: number.optional(),
  customs: text.optional(),
  merchantCustomsNo: text.optional(),
  merchantCustomsName: text.optional(),
  identity: z.strictObject({ certId: text, name: text }).optional(),
};

export const INPUTS = {
  create: z.strictObject({
    method,
    amount,
    currency,
    title: text.default("Command line"),
    reference: text.optional(),
    openid: text.optional(),
    authCode: text.optional(),
    appId: text.optional(),
    bank: z.strictObject({ code: text, card: z.enum(["debit", "credit", "any"]).default("any") }).optional(),
    cardNumber: text.optional(),
    payer: z.strictObject({ bankCode: text, name: text, account: text }).optional(),
    ip: z.string().default("127.0.0.1"),
  }),
  query: payment,
  close: payment,
  refund: z.strictObject({ order: number, attempt: number.optional(), amount, reason: text, idempotencyKey: text.optional() }),
  queryRefund: z.strictObject({
    method,
    currency,
    refundNo: number.optional(),
    gatewayRefundRef: number.optional(),
    gatewayRef: number.optional(),
    gatewayOrderNo: number.optional(),
  }),
  rate: z.strictObject({ wallet, currency: z.enum(CURRENCIES) }),
  bill: z.strictObject({ from: day, to: day }),
  declare: z.strictObject({
    ...declaration,
    gatewayOrderNo: number,
    gatewayRef: number,
    customs: text,
    merchantCustomsNo: text,
    action: z.enum(["ADD", "MODIFY"]).optional(),
    dutyFen: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
    split: z.strictObject({ subOrderNo: number, amount, transport: amount.optional(), product: amount.optional() }).optional(),
  }),
  redeclare: z.strictObject({ ...declaration, subOrderNo: number.optional(), subOrderAmount: amount.optional() }),
  queryDeclaration: z.strictObject({ ...declaration, subOrderNo: number.optional(), subOrderAmount: amount.optional() }),
  openid: z.strictObject({ code: text }),
  openidUrl: z.strictObject({ returnUrl: z.url(), state: text.default("state") }),
  payout: z.strictObject({ channel: text, amount, recipient, remark: text.default("payout"), idempotencyKey: text }),
  queryPayout: z.strictObject({ payout: number }),
  balance: z.strictObject({ name: text }),
} as const;

export type OperationName = keyof typeof INPUTS;
export type Input<Name extends OperationName> = z.output<(typeof INPUTS)[Name]>;

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(INPUTS, name);
}

/** The amount in minor units; throws with the field's name when the currency has no such places. */
export function moneyOf(amount: string, currency: Money["currency"], field = "amount"): Money {
  const money = parseMoney(amount, currency);
  if (isMoneyProblem(money)) throw new InputError(`${field}: ${amount} is no amount of ${currency} (${money})`);
  return money;
}

/** Something the person typed is wrong; the message names the field. */
export class InputError extends Error {}
