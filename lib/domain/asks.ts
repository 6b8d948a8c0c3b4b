import { fail, type Result } from "#lib/domain/errors.ts";

/** What a method asks the shopper for on one more page. (An openid comes by the hop, a payment code by the till's scanner.) */
export const SHOPPER_ASKS = ["bank", "card_number", "payer"] as const;
export type ShopperAsk = (typeof SHOPPER_ASKS)[number];

/** A bank as the gateway's document names it. */
export interface ListedBank {
  code: string;
  name: string;
}

export const CARDS = ["debit", "credit", "any"] as const;
export type Card = (typeof CARDS)[number];

/** What the shopper answered. Personal data: passed on to the gateway, never stored nor logged. */
export interface Answers {
  bank?: { code: string; card: Card } | undefined;
  cardNumber?: string | undefined;
  payer?: { bankCode: string; name: string; account: string } | undefined;
}

const NAME_MAX = 64;
// `;` parts the payer's fields on one gateway's wire (seeds/003 §2.1.4, param1), and no name has one.
const NAME = /^[^\p{Cc};&=<>"\\]+$/u;

/**
 * Checks the answers to what a method asks; gives those that were asked for, in the form gateways get them, and nothing
 * else. A bank must be in the gateway's list where its document has one. Problems name their field.
 */
export function checkAnswers(asks: readonly string[], answers: Answers, banks: readonly ListedBank[]): Result<Answers> {
  const asked = SHOPPER_ASKS.filter((one) => asks.includes(one));
  const found: Answers = {};
  for (const ask of asked) {
    const checked = CHECKS[ask](answers, banks);
    if (!checked.ok) return checked;
    Object.assign(found, checked.value);
  }
  return { ok: true, value: found };
}

type Check = (answers: Answers, banks: readonly ListedBank[]) => Result<Answers>;

const CHECKS = {
  bank: ({ bank }, banks) => {
    if (!bank?.code) return fail("bank_missing", "bank");
    return listed(bank.code, banks) ? { ok: true, value: { bank } } : fail("bank_invalid", "bank");
  },
  card_number: ({ cardNumber }) => {
    const digits = (cardNumber ?? "").replace(/[\s-]/g, "");
    if (digits === "") return fail("card_number_missing", "card_number");
    return isCardNumber(digits) ? { ok: true, value: { cardNumber: digits } } : fail("card_number_invalid", "card_number");
  },
  payer: ({ payer }, banks) => {
    if (!payer || (!payer.bankCode && !payer.name.trim() && !payer.account.trim())) return fail("payer_missing", "payer_bank");
    if (!payer.bankCode || !listed(payer.bankCode, banks)) return fail("payer_bank_invalid", "payer_bank");
    const name = payer.name.trim();
    if (name.length === 0 || name.length > NAME_MAX || !NAME.test(name)) return fail("payer_name_invalid", "payer_name");
    const account = payer.account.replace(/[\s-]/g, "");
    if (!/^\d{6,32}$/.test(account)) return fail("payer_account_invalid", "payer_account");
    return { ok: true, value: { payer: { bankCode: payer.bankCode, name, account } } };
  },
} as const satisfies Record<ShopperAsk, Check>;

/** 12 to 19 digits whose last is Luhn's check digit (ISO/IEC 7812). */
export function isCardNumber(digits: string): boolean {
  if (!/^\d{12,19}$/.test(digits)) return false;
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - fromRight));
    const doubled = digit * 2;
    sum += fromRight % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function listed(code: string, banks: readonly ListedBank[]): boolean {
  return banks.length === 0 ? /^[\w-]{1,32}$/.test(code) : banks.some((one) => one.code === code);
}
