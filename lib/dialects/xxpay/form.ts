import { isIP } from "node:net";
import { BANKS } from "#lib/dialects/xxpay/banks.ts";
import { yuanOfFen } from "#lib/dialects/xxpay/fen.ts";
import type { Refusal } from "#lib/dialects/xxpay/reply.ts";
import type { Fields } from "#lib/dialects/xxpay/signature.ts";

/** The checked fields of one call. */
export interface Form {
  /** A required field's text. Throws for a field that was not declared required: that is a mistake in the endpoint. */
  need(name: string): string;
  /** An optional field's text, or null when absent or empty. */
  get(name: string): string | null;
}

/** Lengths of the document's tables, in characters (seeds/003 §2.1.4, §3.1.3). */
const LIMITS: Readonly<Record<string, number>> = {
  appId: 32,
  mchOrderNo: 30,
  mchTransOrderNo: 30,
  clientIp: 32,
  device: 64,
  returnUrl: 128,
  notifyUrl: 128,
  subject: 64,
  body: 256,
  param1: 64,
  param2: 64,
  bankName: 128,
  accountName: 64,
  accountNo: 64,
  province: 32,
  city: 32,
};

const CHECKS: Readonly<Record<string, (text: string) => string | null>> = {
  amount: (text) => (yuanOfFen(text) === null ? "必须为大于零的整数,单位为分" : null),
  // §1.2 knows no other: an amount is in fen.
  currency: (text) => (text.toLowerCase() === "cny" ? null : "只支持 cny"),
  clientIp: (text) => (isIP(text) === 0 ? "不是 IP 地址" : null),
  notifyUrl: webAddress,
  returnUrl: webAddress,
  executeNotify: (text) => (text === "true" || text === "false" ? null : "必须为 true 或 false"),
  accountAttr: (text) => (/^[01]$/.test(text) ? null : "必须为 0 或 1"),
  accountType: (text) => (/^[1-4]$/.test(text) ? null : "必须为 1 至 4"),
  bankType: (text) => (/^\d{1,14}$/.test(text) ? null : "必须为数字"),
  bankCode: (text) => (BANKS.has(text) ? null : "不在代付银行代码中"),
};

/** Reads and checks fields: a missing required one, then a wrong one, is a refusal that names it. An empty value is an absent one. */
export function readForm(fields: Fields, required: readonly string[], optional: readonly string[]): Form | Refusal {
  for (const name of required) {
    if ((fields.get(name) ?? "") === "") return wrong(name, "不能为空");
  }
  for (const name of [...required, ...optional]) {
    const text = fields.get(name) ?? "";
    const limit = LIMITS[name];
    if (limit !== undefined && [...text].length > limit) return wrong(name, `不能超过 ${limit} 个字符`);
    const complaint = text === "" ? null : CHECKS[name]?.(text);
    if (complaint) return wrong(name, complaint);
  }
  return {
    need(name) {
      const text = required.includes(name) ? fields.get(name) : undefined;
      if (text === undefined) throw new Error(`${name} is not a required field here`);
      return text;
    },
    get: (name) => fields.get(name) || null,
  };
}

/** 0014 naming the field. */
export function wrong(name: string, complaint: string): Refusal {
  return { error: "parameter", detail: `${name} ${complaint}` };
}

function webAddress(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && /^https?:$/.test(url.protocol) ? null : "不是 http(s) 地址";
}
