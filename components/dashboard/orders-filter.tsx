import { BUTTON } from "#components/ui/button.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { SearchShortcut } from "#components/ui/search-shortcut.tsx";
import { CURRENCIES } from "#lib/domain/currency.ts";
import { METHODS, walletOf } from "#lib/domain/methods.ts";
import { ORDER_STATES } from "#lib/domain/order.ts";
import { COLUMNS, type Column } from "#lib/domain/order-columns.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { methodText } from "./states.tsx";

export type Chosen = "state" | "needs" | "mode" | "currency" | "wallet" | "method" | "gateway" | "account" | "zone";
type Choices = readonly { value: string; word: string }[];

export interface OrdersFilterProps {
  t: Translator<"dashboard">;
  words: Translator<"ledger">;
  merchant: { id: string; timeZone: string };
  accounts: readonly { id: string; gateway: string; title: string }[];
  /** The address's fields as somebody typed them, the bad ones too. */
  typed: Readonly<Record<string, string>>;
  columns: readonly Column[];
  /** What is wrong, by field, in the reader's language. */
  errors: Readonly<Record<string, string>>;
  /** How many things narrow the list. */
  narrowed: number;
}

/** The list's search and filters: one plain GET form, so the address is the filter and it works without JavaScript. */
export function OrdersFilter(props: OrdersFilterProps) {
  const { t, words, merchant, typed, errors, narrowed } = props;
  const folded = Object.keys(errors).every((field) => field === "number");
  return (
    // biome-ignore lint/a11y/useSemanticElements: the form is the search; browsers older than its element know the role.
    <form method="get" action="/dashboard/orders" role="search" className="mb-3 grid gap-2.5">
      <input type="hidden" name="merchant" value={merchant.id} />
      {typed.sort ? <input type="hidden" name="sort" value={typed.sort} /> : null}
      <div className="flex gap-2">
        <div className="relative min-w-0 flex-1">
          <Icon name="search" className="pointer-events-none absolute top-3.5 left-3 size-4 text-ink-soft" />
          <input
            {...tie("number", { hint: "shown", error: errors.number })}
            name="number"
            type="search"
            defaultValue={typed.number ?? ""}
            maxLength={160}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="search"
            aria-label={words("search")}
            aria-keyshortcuts="/"
            placeholder={words("search")}
            className="min-h-11 w-full rounded-lg border border-edge bg-surface pr-3 pl-9 text-base placeholder:text-ink-soft sm:text-sm aria-invalid:border-red"
          />
        </div>
        <button type="submit" className={BUTTON.primary}>
          {t("orders.find")}
        </button>
      </div>
      {errors.number ? (
        <p id="number-error" className="text-sm text-red">
          {errors.number}
        </p>
      ) : null}
      <p id="number-hint" className="text-xs text-ink-soft">
        {words("searchHint")} <kbd className="hidden rounded border border-line px-1 font-mono lg:inline">/</kbd>
      </p>
      <SearchShortcut field="number" />
      <details className="group rounded-card border border-line bg-surface" open={!folded}>
        <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 px-3 text-sm font-medium [&::-webkit-details-marker]:hidden">
          <Icon name="filter" className="size-4 text-ink-soft" />
          {words("filters")}
          {narrowed > 0 ? <span className="rounded-full bg-jade-soft px-2 text-xs text-jade">{narrowed}</span> : null}
          <Icon name="chevron" className="ml-auto size-4 text-ink-soft transition-transform group-open:[transform:rotate(90deg)]" />
        </summary>
        <div className="grid gap-4 border-t border-line p-3 sm:p-4">
          <Fields {...props} />
          <ColumnChoice words={words} columns={props.columns} />
          <div className="flex flex-wrap items-center gap-3">
            <button type="submit" className={BUTTON.primary}>
              {t("common.apply")}
            </button>
            <span className="text-xs text-ink-soft">{t("orders.zone", { zone: merchant.timeZone })}</span>
          </div>
        </div>
      </details>
    </form>
  );
}

function Fields(props: OrdersFilterProps) {
  const { t, words, typed, errors } = props;
  return (
    <div className="grid grid-cols-1 items-start gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <Select {...props} name="state" label={t("orders.state")} any={t("orders.anyState")} choices={choicesOf(props).state} />
      <Select {...props} name="needs" label={t("orders.needs")} any={t("orders.anyNeeds")} choices={choicesOf(props).needs} />
      <Select {...props} name="mode" label={words("mode")} any={words("anyMode")} choices={choicesOf(props).mode} />
      <Field id="amount" label={t("orders.amount")} error={errors.amount} hint={words("amountHint")}>
        <input
          {...tie("amount", { error: errors.amount, hint: "shown" })}
          name="amount"
          inputMode="text"
          autoComplete="off"
          defaultValue={typed.amount ?? ""}
          maxLength={40}
          className={INPUT}
        />
      </Field>
      <Select {...props} name="currency" label={words("currency")} any={words("anyCurrency")} choices={choicesOf(props).currency} />
      <Select {...props} name="wallet" label={t("orders.wallet")} any={t("orders.anyWallet")} choices={choicesOf(props).wallet} />
      <Select {...props} name="method" label={t("orders.method")} any={words("anyMethod")} choices={choicesOf(props).method} />
      <Select {...props} name="gateway" label={words("gateway")} any={words("anyGateway")} choices={choicesOf(props).gateway} />
      <Select {...props} name="account" label={words("account")} any={words("anyAccount")} choices={choicesOf(props).account} />
      {(["from", "to"] as const).map((field) => (
        <Field key={field} id={field} label={t(`orders.${field}`)} error={errors[field]}>
          <input {...tie(field, { error: errors[field] })} type="date" name={field} defaultValue={typed[field] ?? ""} className={INPUT} />
        </Field>
      ))}
      <Select {...props} name="zone" label={words("zone")} any={props.merchant.timeZone} choices={choicesOf(props).zone} />
    </div>
  );
}

/** What each choice may be, in words: also the chips say it. */
export function choicesOf({ t, words, accounts }: Pick<OrdersFilterProps, "t" | "words" | "accounts">): Record<Chosen, Choices> {
  const plain = (values: readonly string[]): Choices => values.map((value) => ({ value, word: value }));
  return {
    state: ORDER_STATES.map((value) => ({ value, word: t(`orderState.${value}`) })),
    needs: (["review", "unclear", "refunding"] as const).map((value) => ({ value, word: t(`orders.${value}`) })),
    mode: (["live", "test"] as const).map((value) => ({ value, word: t(`common.${value}`) })),
    currency: plain(CURRENCIES),
    wallet: [...new Set(METHODS.map(walletOf))].map((value) => ({ value, word: t(`wallet.${value}`) })),
    method: METHODS.map((value) => ({ value, word: methodText(t, value) })),
    gateway: plain([...new Set(accounts.map(({ gateway }) => gateway))]),
    account: accounts.map(({ id, title }) => ({ value: id, word: title })),
    zone: [{ value: "gateway", word: words("zoneGateway") }],
  };
}

function Select(props: OrdersFilterProps & { name: Chosen; label: string; any: string; choices: Choices }) {
  const { name, label, any, choices, typed, errors } = props;
  const known = choices.some(({ value }) => value === typed[name]);
  return (
    <Field id={name} label={label} error={errors[name]}>
      <select {...tie(name, { error: errors[name] })} name={name} defaultValue={known ? typed[name] : ""} className={INPUT}>
        <option value="">{any}</option>
        {choices.map(({ value, word }) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </Field>
  );
}

function ColumnChoice({ words, columns }: { words: Translator<"ledger">; columns: readonly Column[] }) {
  return (
    <fieldset className="grid gap-2">
      <legend className="text-sm font-medium">{words("columns")}</legend>
      {/* So that "none of them" says something too. */}
      <input type="hidden" name="columns" value="" />
      <div className="flex flex-wrap gap-x-5">
        {COLUMNS.map((column) => (
          <label key={column} className="inline-flex min-h-11 items-center gap-2 text-sm sm:min-h-9">
            <input type="checkbox" name="columns" value={column} defaultChecked={columns.includes(column)} className="size-4 accent-jade" />
            {words(`column.${column}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
