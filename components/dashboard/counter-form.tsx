"use client";
import { type KeyboardEvent, useActionState } from "react";
import { CounterCode } from "#components/dashboard/counter-code.tsx";
import type { counterWords } from "#components/dashboard/counter-words.ts";
import { CARD } from "#components/ui/card.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** What the form shows after it was sent and nothing was charged. Never the code. `message` is in the reader's language. */
export interface CounterFormState {
  /** Grows with each answer, so that the form is drawn anew and the right field has the focus. */
  turn: number;
  amountText: string;
  currency: string;
  kind: "live" | "test";
  title: string;
  reference: string;
  /** Made when the form was drawn: its double press is one order and one charge. */
  key: string;
  field: "amount" | "code" | "title" | "reference" | null;
  message: string | null;
}

type Words = ReturnType<typeof counterWords>;

interface Props {
  submit: (before: CounterFormState, form: FormData) => Promise<CounterFormState>;
  merchantId: string;
  kinds: readonly CounterFormState["kind"][];
  currencies: readonly string[];
  initial: CounterFormState;
  words: Words;
}

/** Amount first, then the shopper's code: one form, one press, one order. A plain form post, so it works before JavaScript does. */
export function CounterForm({ submit, merchantId, kinds, currencies, initial, words }: Props) {
  const [state, action] = useActionState(submit, initial);
  const errorOf = (field: CounterFormState["field"]) => (state.field === field && state.message ? state.message : undefined);
  const folded = state.title === "" && state.reference === "" && state.field !== "title" && state.field !== "reference";
  return (
    <form action={action} className={`${CARD} grid gap-5`} noValidate key={state.turn}>
      {errorOf(null) ? <Notice kind="problem">{state.message}</Notice> : null}
      <input type="hidden" name="merchant" value={merchantId} />
      <input type="hidden" name="key" value={state.key} />
      <input type="hidden" name="turn" value={state.turn} />
      <KindOfMoney kinds={kinds} chosen={state.kind} words={words} />
      <Amount state={state} currencies={currencies} words={words} error={errorOf("amount")} />
      <details open={!folded} className="group/more">
        <summary className="inline-flex min-h-9 list-none items-center gap-1 rounded text-sm text-ink-soft hover:text-ink [&::-webkit-details-marker]:hidden">
          <Icon name="chevron" className="size-4 group-open/more:rotate-90" />
          {words.more}
        </summary>
        <div className="grid gap-4 pt-2 sm:grid-cols-2">
          <Text name="title" label={words.title} hint={words.titleHint} value={state.title} error={errorOf("title")} max={128} />
          <Text
            name="reference"
            label={words.reference}
            hint={words.referenceHint}
            value={state.reference}
            error={errorOf("reference")}
            max={64}
          />
        </div>
      </details>
      <CounterCode words={words} error={errorOf("code")} focus={state.field === "code"} />
    </form>
  );
}

function Amount(props: { state: CounterFormState; currencies: readonly string[]; words: Words; error: string | undefined }) {
  const { state, currencies, words, error } = props;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-3">
      <Field id="amount" label={words.amount} error={error} hint={words.amountHint}>
        <input
          {...tie("amount", { error, hint: words.amountHint })}
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          maxLength={32}
          defaultValue={state.amountText}
          onKeyDown={toCode}
          // biome-ignore lint/a11y/noAutofocus: a counter begins with the amount, and nothing stands before it.
          autoFocus={state.field !== "code"}
          className={`${INPUT} min-h-16 text-right !text-[32px] font-semibold tabular-nums`}
        />
      </Field>
      {currencies.length === 1 ? (
        <p className="grid gap-1.5">
          <span className="text-sm font-medium">{words.currency}</span>
          <input type="hidden" name="currency" value={state.currency} />
          <span className="flex min-h-16 items-center text-lg">{state.currency}</span>
        </p>
      ) : (
        <Field id="currency" label={words.currency}>
          <select id="currency" name="currency" defaultValue={state.currency} className={`${INPUT} min-h-16 !text-lg`}>
            {currencies.map((currency) => (
              <option key={currency}>{currency}</option>
            ))}
          </select>
        </Field>
      )}
    </div>
  );
}

/** Enter after the amount goes on to the code; without JavaScript the server says the same. */
function toCode(event: KeyboardEvent<HTMLInputElement>): void {
  const code = event.currentTarget.form?.elements.namedItem("code");
  if (event.key !== "Enter" || !(code instanceof HTMLInputElement) || code.value !== "") return;
  event.preventDefault();
  code.focus();
}

function KindOfMoney({ kinds, chosen, words }: { kinds: Props["kinds"]; chosen: CounterFormState["kind"]; words: Words }) {
  const [only] = kinds.length === 1 ? kinds : [];
  if (only) {
    return (
      <div>
        <input type="hidden" name="kind" value={only} />
        {only === "test" ? <Notice kind="hint">{words.testOnly}</Notice> : <p className="text-sm text-ink-soft">{words.liveOnly}</p>}
      </div>
    );
  }
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{words.kind}</legend>
      <div className="grid grid-cols-2 gap-2">
        {kinds.map((kind) => (
          <label
            key={kind}
            className="flex min-h-11 items-center gap-3 rounded-lg border border-line px-3 py-2 has-checked:border-jade has-checked:bg-jade-soft"
          >
            <input type="radio" name="kind" value={kind} defaultChecked={kind === chosen} className="size-4" />
            {words[kind]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Text(props: { name: string; label: string; hint: string; value: string; error: string | undefined; max: number }) {
  const { name, label, hint, value, error, max } = props;
  return (
    <Field id={name} label={label} hint={hint} error={error}>
      <input {...tie(name, { hint, error })} name={name} maxLength={max} autoComplete="off" defaultValue={value} className={INPUT} />
    </Field>
  );
}
