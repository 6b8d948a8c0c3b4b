"use client";
import { useActionState } from "react";
import { KeyOnce } from "#components/dashboard/api-key-once.tsx";
import type { KeyWords } from "#components/dashboard/api-key-words.ts";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { CARD } from "#components/ui/card.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What a form about a key shows after a press: what is wrong and where, or the fresh key, once. */
export interface KeyFormState {
  problem: string | null;
  field: "name" | "scopes" | null;
  /** ConfirmPerson's problem. */
  confirm: string | null;
  made: { secret: string; href: string } | null;
  values: KeyFormValues;
}

export interface KeyFormValues {
  name: string;
  live: boolean;
  days: string;
  scopes: string[];
}

interface Props {
  submit: (before: KeyFormState, form: FormData) => Promise<KeyFormState>;
  merchantId: string;
  scopes: readonly string[];
  values: KeyFormValues;
  origin: string;
  confirm: ConfirmView;
  words: KeyWords;
}

/** Makes a key; where the form was, the key is shown once. */
export function KeyForm({ submit, merchantId, scopes, values: first, origin, confirm, words }: Props) {
  const [state, action] = useActionState(submit, { problem: null, field: null, confirm: null, made: null, values: first });
  if (state.made) return <KeyOnce title={words.made} {...state.made} origin={origin} words={words} />;
  const { values } = state;
  const error = (field: KeyFormState["field"]) => (state.field === field ? (state.problem ?? undefined) : undefined);
  return (
    <form action={action} className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-5`} noValidate key={JSON.stringify(state)}>
      {state.problem && !state.field ? <Notice kind="problem">{state.problem}</Notice> : null}
      <input type="hidden" name="merchant" value={merchantId} />
      <Field id="name" label={words.name} hint={words.nameHint} error={error("name")}>
        <input
          {...tie("name", { hint: words.nameHint, error: error("name") })}
          name="name"
          maxLength={60}
          autoComplete="off"
          defaultValue={values.name}
          className={INPUT}
        />
      </Field>
      <fieldset className="grid gap-1.5" aria-describedby="live-hint">
        <legend className="mb-1.5 text-sm font-medium">{words.mode}</legend>
        <div className="flex flex-wrap gap-2">
          {([false, true] as const).map((live) => (
            <label
              key={String(live)}
              className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-lg border border-edge/50 px-4 text-sm has-checked:border-jade has-checked:bg-jade-soft"
            >
              <input type="radio" name="live" value={live ? "on" : "off"} defaultChecked={values.live === live} className="size-4" />
              {live ? words.live : words.test}
            </label>
          ))}
        </div>
        <p id="live-hint" className="text-xs text-ink-soft">
          {words.modeHint}
        </p>
      </fieldset>
      <fieldset className="grid gap-2" aria-describedby={error("scopes") ? "scopes-error" : "scopes-hint"}>
        <legend className="mb-1 text-sm font-medium">{words.scopes}</legend>
        <p id="scopes-hint" className="text-xs text-ink-soft">
          {words.scopesHint}
        </p>
        {error("scopes") ? (
          <p id="scopes-error" className="text-sm text-red">
            {error("scopes")}
          </p>
        ) : null}
        <div className="grid gap-x-5 gap-y-1 sm:grid-cols-2">
          {scopes.map((scope) => (
            <label key={scope} className="flex min-h-11 cursor-pointer items-center gap-3">
              <input
                type="checkbox"
                name="scope"
                value={scope}
                defaultChecked={values.scopes.includes(scope)}
                className="size-4 shrink-0"
              />
              <span className="grid min-w-0">
                <span className="text-sm">{words.scope[scope as keyof KeyWords["scope"]]}</span>
                <span className="font-mono text-xs text-ink-soft">{scope}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <Field id="days" label={words.lifetime}>
        <select {...tie("days", {})} name="days" defaultValue={values.days} className={INPUT}>
          {(["0", "30", "90", "365"] as const).map((days) => (
            <option key={days} value={days}>
              {words[`days_${days}`]}
            </option>
          ))}
        </select>
      </Field>
      <ConfirmPerson view={confirm} problem={state.confirm} />
      <div>
        <Submit busy={words.busy}>{words.submit}</Submit>
      </div>
    </form>
  );
}
