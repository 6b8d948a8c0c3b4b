import { eq } from "drizzle-orm";
import { type Database, db } from "#db/client.ts";
import { merchants } from "#db/schema/merchants.ts";
import { constantTimeEqual } from "#lib/crypto/digest.ts";
import type { Brand } from "#lib/domain/brand.ts";
import { isCurrency } from "#lib/domain/currency.ts";
import type { DeskEntry } from "#lib/domain/desk.ts";
import { DESK_QUERY_MAX, DESK_RETURN_NAMES } from "#lib/domain/desk.ts";
import { fail, type Result } from "#lib/domain/errors.ts";
import { isMoneyProblem, type Money, parseMoney } from "#lib/domain/money.ts";
import type { Browser } from "#lib/domain/shopper.ts";
import { parseForm } from "#lib/gateways/wire.ts";
import { deskSecrets, deskSignature } from "#lib/payments/desk-secret.ts";
import { openOrder, TITLE_MAX } from "#lib/payments/open-order.ts";

/** What a `/desk` address asks for, once it is believed. */
export interface DeskView {
  merchantId: string;
  merchant: { name: string; brand: Brand };
  locale: string;
  amount: Money;
  title: string;
  live: boolean;
  returnUrl: string;
  notifyUrl: string | null;
  /** The shop's own number, or null. */
  reference: string | null;
  /** Whether the merchant's secret signed it: else nobody knows who made the address. */
  signed: boolean;
  entry: DeskEntry;
}

const EXTRA_MAX = 20;
/** The document's names on the way in, and ours: none of them is an extra parameter. */
const OWN = new Set<string>([
  ...["merchant_no", "currency", "amount", "product_info", "subject", "return_url", "notify_url", "agent_order_id", "out_order_no"],
  ...["sign", "lang"],
]);
const RETURN_NAMES = new Set<string>(DESK_RETURN_NAMES);

/**
 * Reads the query of a cashier entry address (seeds/000 §4.6.2, §4.7.2, §6.4.2): `merchant_no` is our merchant id, `sign` the
 * HMAC of desk-secret.ts; which secret signed decides between test and live. Unsigned only where the merchant allows it.
 * Opens nothing. Problems name the parameter: desk_query_invalid, merchant_unknown, desk_unsigned, desk_signature_wrong,
 * currency_unsupported, amount_*, title_*, url_invalid, reference_invalid, desk_extra_invalid.
 */
export async function readDesk(query: string, browser: Browser, database: Database = db()): Promise<Result<DeskView>> {
  // PostgreSQL takes no NUL: in a name or an address it would break the page instead of being refused.
  const form = query.length > DESK_QUERY_MAX || /\0|%00/.test(query) ? null : parseForm(query);
  if (!form?.ok) return fail("desk_query_invalid", form?.reason === "duplicate_field" ? twice(query) : null);
  const { fields } = form;
  const [merchant] = await database
    .select()
    .from(merchants)
    .where(eq(merchants.id, fields.merchant_no ?? ""));
  if (!merchant?.active) return fail("merchant_unknown", "merchant_no");
  const mode = await modeOf(database, merchant, fields);
  if (!mode.ok) return mode;
  const asked = askedBy(fields, browser);
  if (!asked.ok) return asked;
  const { name, brand, locale, id: merchantId } = merchant;
  const signed = (fields.sign ?? "") !== "";
  return { ok: true, value: { merchantId, merchant: { name, brand }, locale, signed, live: mode.value === "live", ...asked.value } };
}

/**
 * Opens the order of a `/desk` address, read and judged anew. Signed and with the shop's own number the same address again is
 * the same order. Else `formKey` (made when the page was drawn) makes a double click one order: whoever guesses an unsigned
 * address's number must not be led to somebody else's order, nor take the number from the shop; it is given back on return.
 */
export async function openOrderFromDesk(
  input: { query: string; browser: Browser; locale: string; formKey: string },
  database: Database = db(),
): Promise<Result<{ token: string; orderId: string }>> {
  const read = await readDesk(input.query, input.browser, database);
  if (!read.ok) return read;
  const { merchantId, amount, title, live, returnUrl, notifyUrl, entry } = read.value;
  const reference = read.value.signed ? read.value.reference : null;
  const key = /^[\w-]{8,40}$/.test(input.formKey) ? input.formKey : crypto.randomUUID();
  const order = { merchantId, amount, title, live, returnUrl, notifyUrl, desk: entry, locale: input.locale, actor: "shopper" };
  const opened = await openOrder({ ...order, reference: reference ?? `desk:${key}` }, database);
  if (opened.ok) return { ok: true, value: { token: opened.value.token, orderId: opened.value.id } };
  return { ok: false, problem: { ...opened.problem, field: WIRE_NAMES[opened.problem.field ?? ""] ?? opened.problem.field } };
}

/** The name that stands twice. */
function twice(query: string): string | null {
  const names = [...new URLSearchParams(query).keys()];
  return names.find((name, index) => names.indexOf(name) < index) ?? null;
}

const WIRE_NAMES: Readonly<Record<string, string>> = { reference: "agent_order_id", title: "product_info" };

type Mode = "test" | "live";

async function modeOf(
  database: Database,
  merchant: { id: string; deskUnsigned: "no" | Mode },
  fields: Record<string, string>,
): Promise<Result<Mode>> {
  const sign = fields.sign ?? "";
  if (sign === "") return merchant.deskUnsigned === "no" ? fail("desk_unsigned", "sign") : { ok: true, value: merchant.deskUnsigned };
  const { lang: _ours, ...signed } = fields;
  const secrets = await deskSecrets(database, merchant.id);
  const mode = (["live", "test"] as const).find((one) => constantTimeEqual(deskSignature(signed, secrets[one]), sign.toLowerCase()));
  return mode ? { ok: true, value: mode } : fail("desk_signature_wrong", "sign");
}

type Asked = Pick<DeskView, "amount" | "title" | "returnUrl" | "notifyUrl" | "reference" | "entry">;

function askedBy(fields: Record<string, string>, browser: Browser): Result<Asked> {
  const alipay = fields.subject !== undefined && fields.product_info === undefined;
  const titleName = alipay ? "subject" : "product_info";
  const numberName = alipay ? "out_order_no" : "agent_order_id";
  const currency = fields.currency ?? "";
  if (!isCurrency(currency)) return fail("currency_unsupported", "currency");
  const amount = parseMoney(fields.amount ?? "", currency);
  if (isMoneyProblem(amount)) return fail(fields.amount ? `amount_${amount}` : "amount_missing", "amount", { currency });
  if (amount.minor === 0n) return fail("amount_zero", "amount");
  const title = (fields[titleName] ?? "").trim();
  if (!title) return fail("title_missing", titleName);
  if (title.length > TITLE_MAX) return fail("title_too_long", titleName);
  const returnUrl = fields.return_url ?? "";
  if (!isWebAddress(returnUrl)) return fail("url_invalid", "return_url");
  const notifyUrl = fields.notify_url || null;
  if (notifyUrl !== null && !isWebAddress(notifyUrl)) return fail("url_invalid", "notify_url");
  const number = fields[numberName] || null;
  if (number !== null && !/^[\x21-\x7e]{1,64}$/.test(number)) return fail("reference_invalid", numberName);
  const extra = Object.fromEntries(Object.entries(fields).filter(([name]) => !OWN.has(name)));
  const clash = Object.keys(extra).find((name) => RETURN_NAMES.has(name));
  if (clash) return fail("desk_extra_invalid", clash);
  if (Object.keys(extra).length > EXTRA_MAX) return fail("desk_query_invalid");
  const type = alipay ? "DESK" : browser === "wechat" ? "MP_DESK" : "PC_DESK";
  return { ok: true, value: { amount, title, returnUrl, notifyUrl, reference: number, entry: { type, number, extra } } };
}

function isWebAddress(text: string): boolean {
  return text.length <= 1024 && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
