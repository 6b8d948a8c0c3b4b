import { cleanText } from "#lib/gateways/wire.ts";

/** Limits of seeds/003 §2.1.4 and §3.1.3, in characters. */
export const LIMITS = {
  number: 30,
  url: 128,
  subject: 64,
  body: 256,
  param: 64,
  device: 64,
  clientIp: 32,
  bankName: 128,
  name: 64,
  place: 32,
};

const graphemes = new Intl.Segmenter("zh", { granularity: "grapheme" });

/** Free text cleaned for a signed wire and cut to `max` UTF-16 units, never inside what a person sees as one sign. */
export function fitText(value: string, max: number): string {
  let fitting = "";
  for (const { segment } of graphemes.segment(cleanText(value).trim())) {
    if (fitting.length + segment.length > max) break;
    fitting += segment;
  }
  return fitting.trim();
}

/** Why a text that must arrive as it is cannot be sent under this name, or null. */
export function textProblem(name: string, value: string, max: number): string | null {
  if (value.trim() === "") return `${name} is empty`;
  if (value.length > max) return `${name} is longer than ${max} characters`;
  return cleanText(value) === value ? null : `${name} holds a sign the wire cannot carry`;
}

/** Why a number of ours is none here, or null. */
export function numberProblem(value: string): string | null {
  return /^[A-Za-z0-9_-]{1,30}$/.test(value) ? null : `our number is not 1 to ${LIMITS.number} letters, digits, - and _`;
}

/** Why an address of ours cannot be sent, or null. */
export function urlProblem(name: string, value: string): string | null {
  return value.length > LIMITS.url ? `${name} is longer than ${LIMITS.url} characters` : null;
}

/** The shopper's address where it fits the field; an IPv6 one may not, and the field is optional. */
export function clientIpOf(value: string): string | undefined {
  return value === "" || value.length > LIMITS.clientIp ? undefined : value;
}
