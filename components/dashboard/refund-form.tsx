"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** Where the form stands; everything typed survives a problem. `message` is already in the reader's language. */
export interface RefundFormState {
  step: "enter" | "confirm";
  attemptId: string;
  amountText: string;
  reason: string;
  /** Of a manual refund: how it was paid back outside. */
  note: string;
  /** Made when the form was drawn: its double click is one refund. */
  key: string;
  field: "attempt" | "amount" | "reason" | "note" | null;
  message: string | null;
  /** `way`: whether it is done at once or asked for, so that what is read is what is done. */
  confirm: { amount: string; account: string; manual: boolean; way: "refund" | "request" } | null;
  /** Why the person must prove themselves (ConfirmPerson). */
  unproven: string | null;
}

interface Choice {
  id: string;
  label: string;
  /** How the money goes back: by the gateway, by it and only whole, or by hand and recorded here. */
  mode: "gateway" | "full_only" | "manual";
  /** What that means, where it is out of the ordinary. */
  modeText: string | null;
  remainingText: string;
  figures: [string, string][];
}

type Words = Record<
  | "which"
  | "amount"
  | "amountHint"
  | "amountFixed"
  | "reason"
  | "reasonHint"
  | "note"
  | "noteHint"
  | "next"
  | "confirmTitle"
  | "confirmText"
  | "confirm"
  | "manualTitle"
  | "manualText"
  | "manualConfirm"
  | "askTitle"
  | "askText"
  | "askManual"
  | "ask"
  | "change"
  | "busy",
  string
>;

interface Props {
  submit: (before: RefundFormState, form: FormData) => Promise<RefundFormState>;
  orderId: string;
  choices: Choice[];
  initial: RefundFormState;
  words: Words;
  person: ConfirmView;
}

/** Amount and reason, then a confirmation. Each step is a plain form post, so it works before JavaScript does. */
export function RefundForm({ submit, orderId, choices, initial, words, person }: Props) {
  const [state, action] = useActionState(submit, initial);
  return (
    <form action={action} className={`${CARD} grid gap-5`} noValidate>
      <input type="hidden" name="order" value={orderId} />
      <input type="hidden" name="key" value={state.key} />
      {state.step === "confirm" && state.confirm ? (
        <Confirm state={state} confirm={state.confirm} words={words} person={person} />
      ) : (
        <Enter state={state} choices={choices} words={words} />
      )}
    </form>
  );
}

function Enter({ state, choices, words }: { state: RefundFormState; choices: Choice[]; words: Words }) {
  const [only] = choices.length === 1 ? choices : [];
  const errorOf = (field: RefundFormState["field"]) => (state.field === field && state.message ? state.message : undefined);
  const whole = only?.mode === "full_only";
  const amountHint = whole ? words.amountFixed : only ? words.amountHint.replace("{max}", only.figures.at(-1)?.[1] ?? "") : undefined;
  return (
    <>
      {errorOf(null) ? <Notice kind="problem">{state.message}</Notice> : null}
      {only ? (
        <>
          <input type="hidden" name="attempt" value={only.id} />
          <Figures figures={only.figures} />
          {only.modeText ? <Notice kind="hint">{only.modeText}</Notice> : null}
        </>
      ) : (
        <fieldset className="grid gap-2" aria-describedby={errorOf("attempt") ? "attempt-error" : undefined}>
          <legend className="mb-1.5 text-sm font-medium">{words.which}</legend>
          {choices.map((choice) => (
            <label
              key={choice.id}
              className="flex min-h-11 items-center gap-3 rounded-lg border border-line px-3 py-2 has-checked:border-jade"
            >
              <input type="radio" name="attempt" value={choice.id} defaultChecked={choice.id === state.attemptId} className="size-4" />
              <span className="tabular-nums">
                {choice.label}
                {choice.modeText ? <span className="block text-xs text-ink-soft">{choice.modeText}</span> : null}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {errorOf("attempt") ? (
        <p id="attempt-error" role="alert" className="text-sm text-red">
          {state.message}
        </p>
      ) : null}
      <Field id="amount" label={words.amount} error={errorOf("amount")} hint={amountHint}>
        <input
          {...tie("amount", { error: errorOf("amount"), hint: amountHint })}
          key={`amount ${state.amountText}`}
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          required
          readOnly={whole}
          defaultValue={state.amountText}
          className={`${INPUT} text-right text-lg tabular-nums`}
        />
      </Field>
      <Field id="reason" label={words.reason} error={errorOf("reason")} hint={words.reasonHint}>
        <input
          {...tie("reason", { error: errorOf("reason"), hint: words.reasonHint })}
          key={`reason ${state.reason}`}
          name="reason"
          maxLength={200}
          required
          defaultValue={state.reason}
          className={INPUT}
        />
      </Field>
      {choices.some(({ mode }) => mode === "manual") ? (
        <Field id="note" label={words.note} error={errorOf("note")} hint={words.noteHint}>
          <input
            {...tie("note", { error: errorOf("note"), hint: words.noteHint })}
            key={`note ${state.note}`}
            name="note"
            maxLength={200}
            defaultValue={state.note}
            className={INPUT}
          />
        </Field>
      ) : null}
      <Submit name="intent" value="check" busy={words.busy} wide>
        {words.next}
      </Submit>
    </>
  );
}

interface ConfirmProps {
  state: RefundFormState;
  confirm: NonNullable<RefundFormState["confirm"]>;
  words: Words;
  person: ConfirmView;
}

function Confirm({ state, confirm, words, person }: ConfirmProps) {
  const [title, text, button] = {
    refund: confirm.manual
      ? [words.manualTitle, words.manualText, words.manualConfirm]
      : [words.confirmTitle, words.confirmText, words.confirm],
    request: [words.askTitle, confirm.manual ? words.askManual : words.askText, words.ask],
  }[confirm.way] as [string, string, string];
  return (
    <>
      <input type="hidden" name="attempt" value={state.attemptId} />
      <input type="hidden" name="amount" value={state.amountText} />
      <input type="hidden" name="reason" value={state.reason} />
      <input type="hidden" name="note" value={state.note} />
      <input type="hidden" name="way" value={confirm.way} />
      {state.message ? <Notice kind="problem">{state.message}</Notice> : null}
      <div role="status" className="grid gap-2">
        <h2 className="text-2xl font-semibold tabular-nums">{title.replace("{amount}", confirm.amount)}</h2>
        <p>{text.replace("{account}", confirm.account).replace("{amount}", confirm.amount)}</p>
        <p className="break-words text-ink-soft">
          {words.reason}: {state.reason}
        </p>
        {confirm.manual ? (
          <p className="break-words text-ink-soft">
            {words.note}: {state.note}
          </p>
        ) : null}
      </div>
      {confirm.way === "refund" ? <ConfirmPerson view={person} problem={state.unproven} /> : null}
      <div className="grid gap-2">
        <Submit look={confirm.way === "refund" ? "danger" : "primary"} name="intent" value="send" busy={words.busy} wide>
          {button.replace("{amount}", confirm.amount)}
        </Submit>
        <button type="submit" name="intent" value="change" className={BUTTON.secondary}>
          {words.change}
        </button>
      </div>
    </>
  );
}

function Figures({ figures }: { figures: [string, string][] }) {
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt className="text-xs text-ink-soft">{name}</dt>
          <dd className="font-medium tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
