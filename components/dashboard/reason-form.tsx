"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** Where the form stands; what was typed and chosen survives a problem. `message` is already in the reader's language. */
export interface ReasonState {
  reason: string;
  chosen: string;
  field: "reason" | "choice" | null;
  message: string | null;
  /** A `confirm_…` word of openAction's: the person must prove who they are. */
  confirm: string | null;
}

export const EMPTY_REASON: ReasonState = { reason: "", chosen: "", field: null, message: null, confirm: null };

interface Choice {
  value: string;
  disabled: boolean;
  content: React.ReactNode;
}

interface Props {
  id: string;
  submit: (before: ReasonState, form: FormData) => Promise<ReasonState>;
  hidden: Record<string, string>;
  look?: keyof typeof BUTTON;
  words: { reason: string; reasonHint: string; yes: string; busy: string; choice?: string };
  /** Offered as the reason is typed. */
  suggestions?: readonly string[];
  /** One of these must be chosen. */
  choices?: readonly Choice[];
  /** Chosen at first. */
  first?: string;
  confirm?: ConfirmView | null;
  /** A button that opens the form and, in words, what it would do: two presses. `small`: among other things of a list. */
  panel?: { title: string; text: string; small?: boolean };
}

const SUMMARY = "w-fit list-none [&::-webkit-details-marker]:hidden";
const PANEL = "mt-2 grid max-w-lg gap-3 rounded-card border border-line bg-surface p-4";

/** A matter decided with a reason and, where the action wants it, proof of who sits here. A plain form: works without JavaScript. */
export function ReasonForm({ id, submit, hidden, look = "primary", words, suggestions, choices, first = "", confirm, panel }: Props) {
  const [state, action] = useActionState(submit, { ...EMPTY_REASON, chosen: first });
  const error = state.field === "reason" ? (state.message ?? undefined) : undefined;
  const hint = words.reasonHint;
  const form = (
    <form action={action} className="grid grid-cols-[minmax(0,1fr)] gap-4" noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {choices ? <Choices id={id} label={words.choice ?? ""} choices={choices} state={state} /> : null}
      <Field id={`${id}-reason`} label={words.reason} hint={hint} error={error}>
        <input
          {...tie(`${id}-reason`, { hint, error })}
          name="reason"
          defaultValue={state.reason}
          maxLength={200}
          required
          autoComplete="off"
          list={suggestions ? `${id}-reasons` : undefined}
          className={INPUT}
        />
        {suggestions ? (
          <datalist id={`${id}-reasons`}>
            {suggestions.map((text) => (
              <option key={text} value={text} />
            ))}
          </datalist>
        ) : null}
      </Field>
      {confirm ? <ConfirmPerson view={confirm} problem={state.confirm} id={`${id}-confirm`} /> : null}
      {state.message && state.field === null ? <Notice kind="problem">{state.message}</Notice> : null}
      <div>
        <Submit look={look} busy={words.busy}>
          {words.yes}
        </Submit>
      </div>
    </form>
  );
  if (!panel) return form;
  // Open where something is wrong: without a script the page comes anew, and what is folded away nobody reads.
  return (
    <details className="open:basis-full" data-panel={id} open={state.message !== null || state.confirm !== null}>
      <summary className={`${panel.small ? BUTTON.small : BUTTON.secondary} ${SUMMARY}`}>{panel.title}</summary>
      <div className={PANEL}>
        <p>{panel.text}</p>
        {form}
      </div>
    </details>
  );
}

function Choices({ id, label, choices, state }: { id: string; label: string; choices: readonly Choice[]; state: ReasonState }) {
  const error = state.field === "choice" ? state.message : null;
  return (
    <fieldset className="grid grid-cols-[minmax(0,1fr)] gap-2" aria-describedby={error ? `${id}-choice-error` : undefined}>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      {choices.map(({ value, disabled, content }) => (
        <label
          key={value}
          className="flex min-h-11 cursor-pointer items-start gap-3 rounded-lg border border-edge/40 p-3 has-checked:border-jade has-checked:bg-jade-soft has-disabled:cursor-not-allowed has-disabled:opacity-70"
        >
          <input
            type="radio"
            name="choice"
            value={value}
            disabled={disabled}
            defaultChecked={state.chosen === value}
            className="mt-1 size-4 shrink-0"
          />
          <span className="grid min-w-0 flex-1 gap-1">{content}</span>
        </label>
      ))}
      {error ? (
        <p id={`${id}-choice-error`} className="text-sm text-red">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
