import { BANKS } from "#lib/dialects/fengniao/banks.ts";
import type { Creation } from "#lib/dialects/fengniao/create.ts";
import type { FieldTable } from "#lib/dialects/fengniao/form.ts";
import { badField } from "#lib/dialects/fengniao/reply.ts";

/** What both UnionPay tables have; neither has merchant_no, and one that is sent is used. */
const ORDER: FieldTable = {
  ...{ out_trade_no: 64, total_amount: null, channel_type: null, subject: null, body: null },
  ...{ client_ip: null, notify_url: null, success_url: null },
};

/** Payments by bank: seeds/004 §2.13 and §2.14. */
export const UNIONPAY_CREATIONS: readonly Creation[] = [
  {
    method: "unionpay.gateway",
    pays: "unionpay.gateway",
    needs: { ...ORDER, pay_type: null, bank_code: null },
    takes: { merchant_no: 20 },
    refusal: (form) => (Object.hasOwn(BANKS, form.need("bank_code")) ? null : badField("bank_code", "不在银行编码表内")),
    adds: (payment, { backend }) => ({ pay_url: backend.pageUrl(payment, "unionpay_gateway") }),
  },
  {
    method: "unionpay.wap",
    pays: "unionpay.wap",
    needs: { ...ORDER, card_no: null },
    takes: { merchant_no: 20 },
    adds: (payment, { backend }) => ({ pay_url: backend.pageUrl(payment, "unionpay_wap") }),
  },
];
