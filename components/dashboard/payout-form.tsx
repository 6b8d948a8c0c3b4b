"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import type { PayoutWords } from "#components/dashboard/payout-words.ts";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** Where the form stands; everything typed survives a problem. Sentences are already in the reader's language. */
export interface PayoutFormState {
  step: "enter" | "confirm";
  /** By input name. */
  values: Record<string, string>;
  /** Made when the form was drawn: all it ever sends is one payout. */
  key: string;
  errors: Record<string, string>;
  message: string | null;
  /** What is about to be sent: the amount as words, and who gets it, line by line. */
  confirm: { amount: string; lines: [string, string][] } | null;
  /** ConfirmPerson's problem. */
  proof: string | null;
}

type More = "mobile" | "bankCode" | "bankName" | "province" | "city" | "idCard";

interface Props {
  submit: (before: PayoutFormState, form: FormData) => Promise<PayoutFormState>;
  hidden: Record<string, string>;
  fields: readonly { name: More; need: "always" | "company" | "optional" }[];
  banks: readonly { code: string; name: string }[];
  remarkHint: string;
  initial: PayoutFormState;
  person: ConfirmView;
  words: PayoutWords;
}

/** Amount and recipient, then a confirmation. Each step is a plain form post, so it works before JavaScript does. */
export function PayoutForm(props: Props) {
  const [state, action] = useActionState(props.submit, props.initial);
  return (
    <form
      action={action}
      className={`${CARD} grid gap-5`}
      noValidate
      key={`${state.step} ${JSON.stringify([state.errors, state.values, state.proof])}`}
    >
      {Object.entries(props.hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="key" value={state.key} />
      {state.step === "confirm" && state.confirm ? (
        <Confirm {...props} state={state} confirm={state.confirm} />
      ) : (
        <Enter {...props} state={state} />
      )}
    </form>
  );
}

function Enter({ state, fields, banks, remarkHint, words }: Props & { state: PayoutFormState }) {
  const text = (
    name: keyof PayoutWords & string,
    more: { hint?: string; label?: string; mode?: "decimal" | "numeric" | "tel"; max?: number } = {},
  ) => (
    <Field key={name} id={name} label={more.label ?? words[name]} hint={more.hint} error={state.errors[name]}>
      <input
        {...tie(name, { hint: more.hint, error: state.errors[name] })}
        name={name}
        inputMode={more.mode}
        autoComplete="off"
        maxLength={more.max ?? 64}
        defaultValue={state.values[name] ?? ""}
        className={name === "amount" ? `${INPUT} min-h-14 text-right !text-2xl tabular-nums` : INPUT}
      />
    </Field>
  );
  return (
    <>
      {state.message ? <Notice kind="problem">{state.message}</Notice> : null}
      {text("amount", { hint: words.amountHint, mode: "decimal", max: 32 })}
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 text-sm font-medium">{words.kind}</legend>
        <div className="grid grid-cols-2 gap-2">
          {(["personal", "company"] as const).map((kind) => (
            <label key={kind} className="flex min-h-11 items-center gap-3 rounded-lg border border-line px-3 py-2 has-checked:border-jade">
              <input type="radio" name="kind" value={kind} defaultChecked={(state.values.kind || "personal") === kind} className="size-4" />
              {words[kind]}
            </label>
          ))}
        </div>
      </fieldset>
      {text("name")}
      {text("number", { mode: "numeric", max: 48 })}
      {fields.map(({ name, need }) =>
        name === "bankCode" && banks.length > 0 ? (
          <Banks key={name} banks={banks} value={state.values.bankCode ?? ""} error={state.errors.bankCode} words={words} />
        ) : (
          text(name, {
            label: need === "always" ? words[name] : `${words[name]} ${need === "company" ? words.companyOnly : words.optional}`,
            ...(name === "mobile" && { mode: "tel" as const }),
          })
        ),
      )}
      {text("remark", { hint: remarkHint })}
      <Submit name="intent" value="check" busy={words.busy} wide>
        {words.next}
      </Submit>
    </>
  );
}

function Banks({ banks, value, error, words }: { banks: Props["banks"]; value: string; error: string | undefined; words: PayoutWords }) {
  return (
    <Field id="bankCode" label={words.bank} error={error}>
      <select {...tie("bankCode", { error })} name="bankCode" defaultValue={value} className={INPUT}>
        <option value="">{words.bankNone}</option>
        {banks.map(({ code, name }) => (
          <option key={code} value={code}>
            {name} {code}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Confirm({ state, confirm, person, words }: Props & { state: PayoutFormState; confirm: NonNullable<PayoutFormState["confirm"]> }) {
  return (
    <>
      {Object.entries(state.values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div role="status" className="grid gap-3">
        <h2 className="text-2xl font-semibold tabular-nums">{words.confirmTitle.replace("{amount}", confirm.amount)}</h2>
        <dl className="grid gap-2">
          {confirm.lines.map(([label, value]) => (
            <div key={label} className="grid gap-x-4 sm:grid-cols-[10rem_minmax(0,1fr)]">
              <dt className="text-ink-soft">{label}</dt>
              <dd className="font-medium break-words">{value}</dd>
            </div>
          ))}
        </dl>
        <p className="text-ink-soft">{words.confirmText}</p>
      </div>
      <ConfirmPerson view={person} problem={state.proof} />
      <div className="grid gap-2">
        <Submit look="danger" name="intent" value="send" busy={words.busy} wide>
          {words.confirm.replace("{amount}", confirm.amount)}
        </Submit>
        <button type="submit" name="intent" value="change" formNoValidate className={BUTTON.secondary}>
          {words.change}
        </button>
      </div>
    </>
  );
}
