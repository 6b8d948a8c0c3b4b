import { readFields } from "#lib/doctor/fields.ts";
import type { Message } from "#lib/doctor/message.ts";
import { insideOf } from "#lib/doctor/read-shared-key.ts";
import { PERSONAL as FENGNIAO } from "#lib/gateways/fengniao/credentials.ts";
import { PERSONAL as AGENT } from "#lib/gateways/hipopay-agent/credentials.ts";
import { PERSONAL as MERCHANT } from "#lib/gateways/hipopay-merchant/credentials.ts";
import { PERSONAL as MPGATEWAY } from "#lib/gateways/mpgateway/credentials.ts";
import { PERSONAL as XXPAY } from "#lib/gateways/xxpay/credentials.ts";

const NAMES: ReadonlySet<string> = new Set([...FENGNIAO, ...AGENT, ...MERCHANT, ...MPGATEWAY, ...XXPAY]);

/**
 * What of a logged message is personal data, in every writing it has there: the log never shows it (reliability.md), so neither
 * does the doctor. An mpgateway text is personal as a whole where something inside is.
 */
export function personalIn(message: Message): string[] {
  const { pairs } = readFields(message.body || message.query);
  const found = pairs.flatMap(({ name, value, raw }) => {
    const inside = name === "req" || name === "resp" ? insideOf(value) : value.startsWith("{") ? value : null;
    const personal = NAMES.has(name) || (inside !== null && namesIn(inside).some((one) => NAMES.has(one)));
    return personal && value !== "" ? [value, raw, encodeURIComponent(value.replace(/\p{Surrogate}/gu, "\ufffd"))] : [];
  });
  return [...new Set(found)].sort((a, b) => b.length - a.length);
}

// Names whose value is not empty.
function namesIn(json: string): string[] {
  return [...json.matchAll(/"(\w{1,40})"\s*:\s*(?!"")/g)].map(([, name = ""]) => name);
}
