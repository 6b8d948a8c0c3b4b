import {
  fieldsOf,
  type ListView,
  listAddress,
  narrowedBy,
  type ParsedFilter,
  type Search,
  without,
} from "#app/(dashboard)/dashboard/orders/filter.ts";
import type { FilterChip } from "#components/dashboard/orders-chips.tsx";
import { type Chosen, choicesOf, type OrdersFilterProps } from "#components/dashboard/orders-filter.tsx";
import type { ViewTab } from "#components/dashboard/orders-views.tsx";
import type { OrderView } from "#db/queries/order-views.ts";

type Words = Pick<OrdersFilterProps, "t" | "words" | "accounts">;

/** What the fields of the filter are called. */
function nameOf({ t, words }: Words, field: string): string {
  const names: Record<string, string> = {
    number: words("number"),
    state: t("orders.state"),
    needs: t("orders.needs"),
    mode: words("mode"),
    amount: t("orders.amount"),
    currency: words("currency"),
    wallet: t("orders.wallet"),
    method: t("orders.method"),
    gateway: words("gateway"),
    account: words("account"),
    from: t("orders.from"),
    to: t("orders.to"),
    zone: words("zone"),
    cursor: t("common.pages"),
  };
  return names[field] ?? field;
}

/** What narrows this view, each in words and with the way to take it off. */
export function chipsOf(words: Words, merchantId: string, view: ListView): FilterChip[] {
  const fields = fieldsOf(view);
  const choices = choicesOf(words);
  return narrowedBy(view).map((field) => {
    const value = fields[field] ?? "";
    const word = Object.hasOwn(choices, field) ? choices[field as Chosen].find((choice) => choice.value === value)?.word : undefined;
    return { field, name: nameOf(words, field), value: word ?? value, href: listAddress(merchantId, without(view, field)) };
  });
}

/** What is wrong with the address, by field. */
export function errorsOf(words: Words, { problems }: Pick<ParsedFilter, "problems">): Record<string, string> {
  const { t } = words;
  const ends = { from: t("orders.from"), to: t("orders.to") };
  return Object.fromEntries(
    problems.map(({ field, problem, value }) => [
      field,
      problem === "badAmount"
        ? words.words("badAmount", { value })
        : t(`orders.${problem}`, { field: nameOf(words, field), value, ...ends }),
    ]),
  );
}

/** The address's fields as they came, one text each. */
export function typedOf(search: Search): Record<string, string> {
  return Object.fromEntries(Object.entries(search).map(([field, value]) => [field, [value].flat()[0]?.slice(0, 160) ?? ""]));
}

/** A person's views as ways to them; the current one is the one that shows the very same. */
export function tabsOf(words: Words, merchantId: string, views: readonly OrderView[], view: ListView): ViewTab[] {
  const now = keyOf(fieldsOf(view));
  const all = { id: null, name: words.words("allOrders"), href: `${listAddress(merchantId, {})}&view=all`, isDefault: false };
  const own = views.map(({ id, name, filter, isDefault }) => ({
    id,
    name,
    isDefault,
    href: addressOf(merchantId, filter),
    current: keyOf(filter) === now,
  }));
  return [{ ...all, current: now === "" }, ...own];
}

/** The address of a kept view. */
export function addressOf(merchantId: string, fields: Readonly<Record<string, string>>): string {
  return `/dashboard/orders?${new URLSearchParams({ merchant: merchantId, view: "kept", ...fields })}`;
}

function keyOf(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))).toString();
}
