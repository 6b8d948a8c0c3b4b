import { localOf } from "#lib/domain/zoned-time.ts";
import type { LinkWire } from "#lib/payments/link-input.ts";

/** A link as its form shows it, by input name. */
export function formValues(link: LinkWire, timeZone: string): Record<string, string> {
  const time = (text: string | null): string => (text ? localOf(new Date(text), timeZone) : "");
  const values: Record<string, string | number | null> = {
    title: link.title,
    description: link.description,
    currency: link.currency,
    pricing: link.amount !== null ? "fixed" : link.choices ? "list" : "entered",
    amount: link.amount,
    min_amount: link.min_amount,
    max_amount: link.max_amount,
    suggested_amount: link.suggested_amount,
    quantity_max: link.quantity_max,
    once: link.reusable ? "" : "on",
    stock: link.stock,
    opens_at: time(link.opens_at),
    expires_at: time(link.expires_at),
    notify_url: link.notify_url,
    return_url: link.return_url,
    success_message: link.success_message,
    account: link.account,
    locale: link.locale,
  };
  for (const [row, choice] of (link.choices ?? []).entries()) {
    values[`choices.${row}.label`] = choice.label;
    values[`choices.${row}.amount`] = choice.amount;
  }
  for (const [row, field] of link.fields.entries()) {
    const { label, kind, key, max_length, options } = field;
    const own = { label, kind, key, max_length, options: options.join("\n"), required: field.required ? "on" : "" };
    for (const [name, value] of Object.entries(own)) values[`fields.${row}.${name}`] = value;
  }
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === null ? "" : String(value)]));
}
