import type { Message } from "#lib/doctor/message.ts";
import { formOf } from "#lib/doctor/read-shared-key.ts";
import { SCHEMES, type SchemeId } from "#lib/doctor/specimen.ts";

/** Names that only one kind of message has; the more of them stand there, the surer. */
const NAMES: Readonly<Partial<Record<SchemeId, readonly string[]>>> = {
  xxpay: ["mchId", "mchOrderNo", "payOrderId", "productId", "params", "retCode", "transOrderId", "backType"],
  mpgateway: ["req", "resp"],
  fengniao: ["app_id", "sign_type", "content", "out_trade_no", "trade_no", "trade_status", "error_code"],
  desk: ["product_info", "return_url", "merchant_no", "subject", "agent_order_id"],
};

/** What kind of message this looks like, the likeliest first: by its headers, its path, the names of its fields. Every kind is in it. */
export function guessSchemes(message: Message): SchemeId[] {
  const score = new Map<SchemeId, number>(SCHEMES.map((scheme) => [scheme, 0]));
  const add = (scheme: SchemeId, points: number) => score.set(scheme, (score.get(scheme) ?? 0) + points);
  const has = (name: string) => message.headers.has(name);
  if (has("webhook-signature") || has("webhook-id") || has("svix-signature")) add("webhook", 100);
  if (has("signature") || has("timestamp")) {
    const request = has("agentno") || has("merchantno");
    add("hipopay-request", request ? 60 : 50);
    add("hipopay-notification", request ? 50 : 60);
  }
  if (/\/desk$/.test(message.path)) add("desk", 80);
  const known = /\/(?:notify|compat)\/([a-z-]+)/.exec(message.path)?.[1];
  for (const scheme of SCHEMES)
    if (known && (scheme === known || (scheme.startsWith("hipopay") && known.startsWith("hipopay")))) add(scheme, 40);
  const names = new Set(formOf(message).pairs.map(({ name }) => name));
  for (const name of message.body.match(/"(\w{3,20})"\s*:/g) ?? []) names.add(name.replace(/[":\s]/g, ""));
  for (const scheme of SCHEMES) add(scheme, (NAMES[scheme] ?? []).filter((name) => names.has(name)).length);
  return SCHEMES.toSorted((a, b) => (score.get(b) ?? 0) - (score.get(a) ?? 0));
}
