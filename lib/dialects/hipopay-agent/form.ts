import { isIP } from "node:net";
import type { Fields } from "#lib/dialects/hipopay-agent/parse.ts";
import { badField, type Step } from "#lib/dialects/hipopay-agent/reply.ts";
import { startOfDay } from "#lib/dialects/hipopay-agent/times.ts";
import { exponentOf, isCurrency } from "#lib/domain/currency.ts";
import { MAX_MINOR } from "#lib/domain/money.ts";

/** The checked fields of one endpoint. */
export interface Form {
  /** A required field's text. Throws for a field that was not declared required: that is a mistake in the endpoint. */
  need(name: string): string;
  /** An optional field's text, or null when absent or empty. */
  get(name: string): string | null;
}

/** The document spells one thing two ways (protocols.md §1): either is read, the first that is not empty wins. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  out_order_no: ["out_order_no", "outer_order_no"],
  refund_no: ["refund_no", "no"],
  outer_refund_no: ["outer_refund_no", "refund_order_no"],
};

/** Every spelling of a field. */
export function spellingsOf(name: string): readonly string[] {
  return SPELLINGS[name] ?? [name];
}

/** Reads and checks an endpoint's fields. Missing required ones, then wrong ones, are a 400 that names the field. An empty value is an absent one. */
export function readForm(fields: Fields, required: readonly string[], optional: readonly string[]): Step<Form> {
  const found = new Map<string, string>();
  for (const name of [...required, ...optional]) {
    const text = spellingsOf(name)
      .map((spelling) => fields.get(spelling))
      .find((candidate) => candidate !== undefined && candidate !== "");
    if (text !== undefined) found.set(name, text);
    else if (required.includes(name)) return { ok: false, reply: badField(name, "不能为空") };
  }
  for (const [name, text] of found) {
    const complaint = CHECKS[name]?.(text, found);
    if (complaint) return { ok: false, reply: badField(name, complaint) };
  }
  return { ok: true, value: formOf(found) };
}

/** Why `text` is no amount of the currency, or null: seeds/000 takes two decimals, none for JPY and KRW, and no zero. */
export function amountComplaint(text: string, currency: string): string | null {
  const match = /^(0|[1-9]\d{0,12})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return "格式不正确,最多两位小数";
  // An unknown currency is reported under its own name.
  const places = isCurrency(currency) ? exponentOf(currency) : 2;
  const fraction = match[2] ?? "";
  if (fraction.length > places) return "该币种不支持小数";
  const minor = BigInt(`${match[1]}${fraction.padEnd(places, "0")}`);
  if (minor === 0n) return "必须大于零";
  return minor > MAX_MINOR ? "金额过大" : null;
}

type Check = (text: string, all: ReadonlyMap<string, string>) => string | null;

const CHECKS: Readonly<Record<string, Check>> = {
  amount: (text, all) => amountComplaint(text, all.get("currency") ?? ""),
  currency: (text) => (isCurrency(text) ? null : "不支持的币种"),
  ip: (text) => (isIP(text) === 0 ? "不是 IP 地址" : null),
  notify_url: webAddress,
  return_url: webAddress,
  start_date: day,
  end_date: day,
  action_type: (text) => (text === "ADD" || text === "MODIFY" ? null : "必须为 ADD 或 MODIFY"),
  duty: (text) => (/^(?:0|[1-9]\d{0,12})$/.test(text) ? null : "必须为整数,单位为分"),
  sub_order_amount: cny,
  transport_amount: cnyOrZero,
  product_amount: cny,
};

function formOf(found: ReadonlyMap<string, string>): Form {
  return {
    need(name) {
      const text = found.get(name);
      if (text === undefined) throw new Error(`${name} is not a required field here`);
      return text;
    },
    get: (name) => found.get(name) ?? null,
  };
}

function webAddress(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && /^https?:$/.test(url.protocol) ? null : "不是 http(s) 地址";
}

function day(text: string): string | null {
  return startOfDay(text) ? null : "必须为 YYYYMMDD";
}

function cny(text: string): string | null {
  return amountComplaint(text, "CNY");
}

// Free carriage is common; free goods are not declared.
function cnyOrZero(text: string): string | null {
  return /^0(?:\.0{1,2})?$/.test(text) ? null : cny(text);
}
