import { isIP } from "node:net";
import { type Complaint, type Read, wrong } from "#lib/dialects/hipopay/fault.ts";
import type { Fields } from "#lib/dialects/hipopay/parse.ts";
import { startOfDay } from "#lib/dialects/hipopay/times.ts";
import { exponentOf, isCurrency } from "#lib/domain/currency.ts";
import { MAX_MINOR } from "#lib/domain/money.ts";

/** The checked fields of one endpoint. */
export interface Form {
  /** A required field's text. Throws for a field that was not declared required: that is a mistake in the endpoint. */
  need(name: string): string;
  /** An optional field's text, or null when absent or empty. */
  get(name: string): string | null;
}

/** The fields an endpoint takes. Every other one is ignored. */
export interface Expected {
  required: readonly string[];
  optional?: readonly string[];
  /** Where a document spells one thing two ways: either is read, the first that is not empty wins. */
  spellings?: Readonly<Record<string, readonly string[]>>;
}

/** Reads and checks an endpoint's fields. Missing required ones, then wrong ones, are a fault that names the field. An empty value is an absent one. */
export function readForm(fields: Fields, { required, optional = [], spellings = {} }: Expected): Read<Form> {
  const found = new Map<string, string>();
  for (const name of [...required, ...optional]) {
    const text = (spellings[name] ?? [name])
      .map((spelling) => fields.get(spelling))
      .find((candidate) => candidate !== undefined && candidate !== "");
    if (text !== undefined) found.set(name, text);
    else if (required.includes(name)) return wrong(name, "missing");
  }
  for (const [name, text] of found) {
    const complaint = CHECKS[name]?.(text, found);
    if (complaint) return wrong(name, complaint);
  }
  return { ok: true, value: formOf(found) };
}

/** Why `text` is no amount of the currency, or null: two decimals at most, none for JPY and KRW, and no zero (seeds/001, amount). */
export function amountComplaint(text: string, currency: string): Complaint | null {
  const match = /^(0|[1-9]\d{0,12})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return "amount_format";
  // An unknown currency is reported under its own name.
  const places = isCurrency(currency) ? exponentOf(currency) : 2;
  const fraction = match[2] ?? "";
  if (fraction.length > places) return "amount_places";
  const minor = BigInt(`${match[1]}${fraction.padEnd(places, "0")}`);
  if (minor === 0n) return "amount_zero";
  return minor > MAX_MINOR ? "amount_large" : null;
}

/** A switch's text as a switch: TRUE and FALSE in any case; the SDKs send `is_rmb=TRUE` and `hk_wallet=true` (protocols.md §1). */
export function isOn(text: string | null): boolean {
  return text?.toUpperCase() === "TRUE";
}

type Check = (text: string, all: ReadonlyMap<string, string>) => Complaint | null;

const CHECKS: Readonly<Record<string, Check>> = {
  // Priced in CNY, `currency` is only what is settled in (seeds/001, is_rmb).
  amount: (text, all) => amountComplaint(text, isOn(all.get("is_rmb") ?? null) ? "CNY" : (all.get("currency") ?? "")),
  currency: (text) => (isCurrency(text) ? null : "currency_unknown"),
  ip,
  client_ip: ip,
  is_rmb: flag,
  hk_wallet: flag,
  notify_url: webAddress,
  return_url: webAddress,
  start_date: day,
  end_date: day,
  action_type: (text) => (text === "ADD" || text === "MODIFY" ? null : "not_action"),
  duty: (text) => (/^(?:0|[1-9]\d{0,12})$/.test(text) ? null : "not_duty"),
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

function ip(text: string): Complaint | null {
  return isIP(text) === 0 ? "not_ip" : null;
}

function flag(text: string): Complaint | null {
  return /^(?:true|false)$/i.test(text) ? null : "not_flag";
}

function webAddress(text: string): Complaint | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && /^https?:$/.test(url.protocol) ? null : "not_web_address";
}

function day(text: string): Complaint | null {
  return startOfDay(text) ? null : "not_day";
}

function cny(text: string): Complaint | null {
  return amountComplaint(text, "CNY");
}

// Free carriage is common; free goods are not declared.
function cnyOrZero(text: string): Complaint | null {
  return /^0(?:\.0{1,2})?$/.test(text) ? null : cny(text);
}
