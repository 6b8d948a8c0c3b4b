import { isIP } from "node:net";
import { amountComplaint } from "#lib/dialects/fengniao/money.ts";
import type { Fields } from "#lib/dialects/fengniao/parse.ts";
import { badField, type Code, refuse, type Step } from "#lib/dialects/fengniao/reply.ts";
import { lengthOf } from "#lib/dialects/fengniao/text.ts";

/** A table of the document: field and 最大长度 in characters, null where it says `-`. */
export type FieldTable = Readonly<Record<string, number | null>>;

/** The checked fields of one operation. */
export interface Form {
  /** A required field's text. Throws for a field that was not declared required: that is a mistake in the operation. */
  need(name: string): string;
  /** An optional field's text, or null when absent or empty. */
  get(name: string): string | null;
}

/** Fields that go by two names: the document's misprint, its own replies' spelling, and a public client's (protocols.md §4). */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  bakn_account_no: ["bakn_account_no", "bank_account_no"],
  account_attr: ["account_attr", "is_company"],
};

/** Reads and checks an operation's fields; an empty value is an absent one. Missing ones (是), then wrong ones, are refused by name. */
export function readForm(fields: Fields, needs: FieldTable, takes: FieldTable): Step<Form> {
  const found = new Map<string, string>();
  for (const name of [...Object.keys(needs), ...Object.keys(takes)]) {
    const text = (SPELLINGS[name] ?? [name]).map((spelling) => fields.get(spelling)).find((candidate) => candidate);
    if (text) found.set(name, text);
    else if (Object.hasOwn(needs, name)) return { ok: false, reply: badField(name, "不能为空") };
  }
  for (const [name, text] of found) {
    const most = needs[name] ?? takes[name] ?? null;
    if (most !== null && lengthOf(text) > most) return { ok: false, reply: badField(name, `长度不能超过 ${most}`) };
    const complaint = CHECKS[name]?.(text);
    if (complaint) return { ok: false, reply: refuse(CODE_OF[name] ?? 10008, `${name} ${complaint}`) };
  }
  return { ok: true, value: formOf(found) };
}

type Check = (text: string) => string | null;

const CODE_OF: Readonly<Record<string, Code>> = { sub_appid: 10005, sub_mch_id: 10009 };

const CHECKS: Readonly<Record<string, Check>> = {
  out_trade_no: ownNumber,
  out_refund_no: ownNumber,
  total_amount: amountComplaint,
  amount: amountComplaint,
  refund_fee: amountComplaint,
  ip: address,
  spbill_create_ip: address,
  client_ip: address,
  notify_url: webAddress,
  return_url: webAddress,
  success_url: webAddress,
  cancel_url: webAddress,
  sub_appid: identifier,
  sub_mch_id: identifier,
  tran_type: oneOf("1", "2"),
  is_online: oneOf("0", "1"),
  order_type: oneOf("0", "1"),
  scene: oneOf("bar_code", "wave_code"),
  channel_type: oneOf("07", "08"),
  pay_type: oneOf("1", "2", "3"),
  account_attr: oneOf("0", "1"),
  card_no: like(/^\d{12,19}$/, "必须为 12 到 19 位数字"),
  bakn_account_no: like(/^\d{6,32}$/, "必须为 6 到 32 位数字"),
  bank_mobile: like(/^\+?\d[\d-]{4,18}\d$/, "不是电话号码"),
  id_card_no: like(/^(?:\d{15}|\d{17}[\dXx])$/, "不是身份证号码"),
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

function ownNumber(text: string): string | null {
  return /^[A-Za-z0-9_]+$/.test(text) ? null : "只能包含字母、数字、下划线";
}

function identifier(text: string): string | null {
  return /^[A-Za-z0-9_]+$/.test(text) ? null : "格式不正确";
}

function address(text: string): string | null {
  return isIP(text) === 0 ? "不是 IP 地址" : null;
}

function webAddress(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && /^https?:$/.test(url.protocol) ? null : "不是 http(s) 地址";
}

function oneOf(...words: readonly string[]): Check {
  return (text) => (words.includes(text) ? null : `必须为 ${words.join(" 或 ")}`);
}

function like(pattern: RegExp, complaint: string): Check {
  return (text) => (pattern.test(text) ? null : complaint);
}
