import { typeWords } from "#components/dashboard/webhook-words.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { COMMON_TYPES, WEBHOOK_TYPES } from "#lib/webhooks/decisions.ts";
import { NOTICE_FORMATS } from "#lib/webhooks/format.ts";

/** What an endpoint's form offers: the formats of this installation, and the types with what each means. */
export function formParts(t: Translator<"webhooks">) {
  const formats = NOTICE_FORMATS.map((id) => ({ id, name: id === "standard" ? t("endpoints.standard") : (gatewayById(id)?.title ?? id) }));
  const types = WEBHOOK_TYPES.map((type) => ({ type, text: typeWords(t, type), usual: COMMON_TYPES.includes(type) }));
  return { formats, types };
}
