import { isIP } from "node:net";
import { yuanOfFen } from "#lib/dialects/mpgateway/fen.ts";
import type { Fields } from "#lib/dialects/mpgateway/message.ts";
import type { Refusal } from "#lib/dialects/mpgateway/reply.ts";

/** The checked fields of one call. */
export interface Form {
  /** A required field's text. Throws for a field that was not declared required: that is a mistake in the endpoint. */
  need(name: string): string;
  /** An optional field's text, or null when absent or empty. */
  get(name: string): string | null;
}

const TEXT_MAX = 512;

/** Reads and checks fields: a missing required one, then a wrong one, is a refusal that names it. An empty value is an absent one. */
export function readForm(fields: Fields, required: readonly string[], optional: readonly string[]): Form | Refusal {
  for (const name of required) {
    if ((fields.get(name) ?? "") === "") return { respcode: "parameter", detail: `${name} 不能为空` };
  }
  for (const name of [...required, ...optional]) {
    const text = fields.get(name) ?? "";
    const complaint = text === "" ? null : text.length > TEXT_MAX ? "过长" : (CHECKS[name]?.(text) ?? null);
    if (complaint !== null) return { respcode: "parameter", detail: `${name} ${complaint}` };
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

const CHECKS: Readonly<Record<string, (text: string) => string | null>> = {
  txnamt: (text) => (yuanOfFen(text) === null ? "必须为大于零的整数,单位为分" : null),
  orderid: (text) => (/^[A-Za-z0-9]{8,32}$/.test(text) ? null : "必须为 8-32 位字母和数字"),
  code: (text) => (/^[\x21-\x7e]{1,64}$/.test(text) ? null : "格式不正确"),
  openid: (text) => (/^[\x21-\x7e]{1,128}$/.test(text) ? null : "格式不正确"),
  ip: (text) => (isIP(text) === 0 ? "不是 IP 地址" : null),
  backurl: webAddress,
  fronturl: webAddress,
};

function webAddress(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && /^https?:$/.test(url.protocol) ? null : "不是 http(s) 地址";
}
