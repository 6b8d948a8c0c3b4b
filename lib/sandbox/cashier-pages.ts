import type { CashierPage, Payment } from "#lib/dialects/backend.ts";
import { BANKS } from "#lib/dialects/fengniao/banks.ts";

/**
 * What each cashier of a gateway does. `desk`: shows a code and waits. `frame`: the same, bare, for an iframe. `wallet`:
 * the wallet is on this very device, its confirmation comes at once. `handover`: a page with a button into the wallet's app.
 * `sheet`: asks the wallet around the page for its sheet. `bank`: the shopper pays on the page, from a bank account.
 */
export const CASHIER_PAGES = {
  pc_desk: "desk",
  mp_desk: "wallet",
  alipay_desk: "desk",
  alipay_wap: "wallet",
  alipay_qr_frame: "frame",
  alipay_jsapi: "sheet",
  alipay_personal: "desk",
  wechat_h5: "handover",
  wechat_jsapi: "sheet",
  wechat_mini_program: "sheet",
  wechat_web: "desk",
  qq_h5: "handover",
  jd_h5: "handover",
  baidu_wallet: "handover",
  unionpay_gateway: "bank",
  unionpay_wap: "bank",
  unionpay_quick: "bank",
  bank_transfer: "bank",
} as const satisfies Record<CashierPage, "desk" | "frame" | "wallet" | "handover" | "sheet" | "bank">;

/** The pages of one kind. */
export type PageOf<K> = { [P in CashierPage]: (typeof CASHIER_PAGES)[P] extends K ? P : never }[CashierPage];

export function isCashierPage(value: unknown): value is CashierPage {
  return typeof value === "string" && Object.hasOwn(CASHIER_PAGES, value);
}

const KINDS: Readonly<Record<string, "debit" | "credit" | "either">> = { "1": "debit", "2": "credit", "3": "either" };

/** What a bank's page says of the account: as far as the create request named it (seeds/004 §2.13, §2.14; seeds/003 `param1`). */
export interface BankFacts {
  /** In Chinese, as the document prints it. */
  bank: string | null;
  kind: "debit" | "credit" | "either" | null;
  lastFour: string | null;
  payer: string | null;
}

/** Reads them from what the dialect remembered. Never more of a card than its last four digits. */
export function bankFacts({ extra }: Pick<Payment, "extra">): BankFacts {
  const code = extra.bank_code ?? null;
  const [payerBank, payer] = (extra.param1 ?? "").split(";");
  return {
    bank: code === null ? payerBank || null : `${BANKS[code] ?? ""} ${code}`.trim(),
    kind: KINDS[extra.pay_type ?? ""] ?? null,
    lastFour: extra.card_last4?.slice(-4) ?? null,
    payer: payer || null,
  };
}
