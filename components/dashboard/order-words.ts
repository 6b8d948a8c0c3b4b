import type { Translator } from "#lib/i18n/translator.ts";

/** What gateways answered, as an `order.rechecked` event keeps it; anything else in it is left out. */
export function answersOf(data: Readonly<Record<string, unknown>>): { gatewayOrderNo: string; answer: string }[] {
  if (!Array.isArray(data.answers)) return [];
  return data.answers.flatMap((one: unknown) => {
    const { gatewayOrderNo, answer } = (one ?? {}) as Record<string, unknown>;
    return typeof gatewayOrderNo === "string" && typeof answer === "string" ? [{ gatewayOrderNo, answer }] : [];
  });
}

/** A gateway's answer about a payment, in words. */
export function answerText(words: Translator<"order">, answer: string): string {
  const key = `answer.${answer}` as "answer.paid";
  return words.has(key) ? words(key) : answer;
}

/** What a person did, by the audit's name for it. */
export function staffText(words: Translator<"order">, action: string): string {
  const key = `staff.${action.replace(".", "_")}` as "staff.orders_close";
  return words.has(key) ? words(key) : words("staff.other", { action });
}
