"use client";
import { Choice, Line, type LinkFormShown } from "#components/dashboard/links-inputs.tsx";
import { INPUT, tie } from "#components/ui/field.tsx";
import { CHOICES_MAX } from "#lib/domain/link-terms.ts";

const PRICINGS = ["fixed", "list", "entered"] as const;
/** Empty rows to write more choices into. */
const SPARE_ROWS = 3;

/** The three ways of pricing; only the one that is ticked is shown, by the style sheet alone. */
export function LinkPriceFields(props: { section: string; shown: LinkFormShown; currencies: readonly string[] }) {
  const { section, shown, currencies } = props;
  const { words } = shown;
  const chosen = PRICINGS.find((one) => one === shown.value("pricing")) ?? "fixed";
  return (
    <section className={`${section} group/price`} aria-labelledby="price">
      <h2 id="price" className="font-semibold">
        {words.price}
      </h2>
      <fieldset className="grid gap-1 sm:grid-cols-3 sm:gap-2">
        <legend className="sr-only">{words.price}</legend>
        {PRICINGS.map((one) => (
          <label
            key={one}
            className="flex min-h-11 cursor-pointer items-center gap-2 rounded-lg border border-edge/50 px-3 text-sm has-checked:border-jade has-checked:bg-jade-soft has-checked:text-jade"
          >
            <input type="radio" name="pricing" value={one} defaultChecked={one === chosen} className="size-4 accent-jade" />
            {words[one]}
          </label>
        ))}
      </fieldset>
      <div className="grid items-start gap-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
        <Choice
          name="currency"
          label={words.currency}
          shown={shown}
          options={currencies.map((currency) => ({ value: currency, word: currency }))}
        />
        <div className="hidden group-has-[[value=fixed]:checked]/price:block">
          <Line name="amount" label={words.amount} shown={shown} inputMode="decimal" placeholder="88.00" narrow />
        </div>
      </div>
      <div className="hidden group-has-[[value=list]:checked]/price:block">
        <Choices shown={shown} />
      </div>
      <div className="hidden items-start gap-4 group-has-[[value=entered]:checked]/price:grid sm:grid-cols-3">
        {(["min_amount", "max_amount", "suggested_amount"] as const).map((name) => (
          <Line key={name} name={name} label={words[name]} shown={shown} inputMode="decimal" />
        ))}
      </div>
      <div className="group-has-[[value=entered]:checked]/price:hidden">
        <Line name="quantity_max" label={words.quantity_max} hint={words.quantity_hint} shown={shown} inputMode="numeric" narrow />
      </div>
    </section>
  );
}

function Choices({ shown }: { shown: LinkFormShown }) {
  const { words } = shown;
  const filled = Array.from({ length: CHOICES_MAX }, (_, row) => row).filter((row) => shown.value(`choices.${row}.label`) !== "");
  const rows = Math.min(CHOICES_MAX, (filled.at(-1) ?? -1) + 1 + SPARE_ROWS);
  return (
    <div className="grid gap-2">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are only ever drawn whole, and their inputs are named by index.
        <div key={row} className="grid grid-cols-[minmax(0,1fr)_minmax(0,9rem)] items-start gap-2">
          <Cell name={`choices.${row}.label`} label={words.choice_label.replace("{n}", String(row + 1))} shown={shown} />
          <Cell name={`choices.${row}.amount`} label={words.choice_amount.replace("{n}", String(row + 1))} shown={shown} number />
        </div>
      ))}
      <p className="text-xs text-ink-soft">{words.choice_hint}</p>
    </div>
  );
}

function Cell({ name, label, shown, number }: { name: string; label: string; shown: LinkFormShown; number?: boolean }) {
  const error = shown.error(name);
  return (
    <div className="grid min-w-0 gap-1">
      <input
        {...tie(name, { error })}
        name={name}
        aria-label={label}
        placeholder={label}
        inputMode={number ? "decimal" : undefined}
        autoComplete="off"
        defaultValue={shown.value(name)}
        className={`${INPUT} ${number ? "text-right tabular-nums" : ""}`}
      />
      {error ? (
        <p id={`${name}-error`} className="text-xs text-red">
          {error}
        </p>
      ) : null}
    </div>
  );
}
