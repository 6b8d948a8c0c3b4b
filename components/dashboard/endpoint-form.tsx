"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { SecretOnce } from "#components/dashboard/endpoint-secret.tsx";
import type { EndpointWords } from "#components/dashboard/endpoint-words.ts";
import { AllOrSome } from "#components/ui/all-or-some.tsx";
import { CARD } from "#components/ui/card.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What the form shows after a press: what is wrong and where, or the new endpoint's secret, once. */
export interface EndpointFormState {
  problem: string | null;
  /** The field the problem is about: url, description, event_types, format. */
  field: string | null;
  /** ConfirmPerson's problem. */
  confirm: string | null;
  made: { secret: string; href: string } | null;
  values: EndpointFormValues | null;
}

export interface EndpointFormValues {
  url: string;
  description: string;
  live: boolean;
  format: string;
  /** Null: the usual ones. */
  eventTypes: string[] | null;
}

interface Props {
  submit: (before: EndpointFormState, form: FormData) => Promise<EndpointFormState>;
  hidden: Record<string, string>;
  values: EndpointFormValues;
  /** A new one chooses its mode; an old one keeps it. */
  fresh: boolean;
  formats: readonly { id: string; name: string }[];
  types: readonly { type: string; text: string; usual: boolean }[];
  confirm: ConfirmView;
  words: EndpointWords;
}

/** An endpoint's form. Of a new one, what comes back is its secret. */
export function EndpointForm({ submit, hidden, values: first, fresh, formats, types, confirm, words }: Props) {
  const [state, action] = useActionState(submit, { problem: null, field: null, confirm: null, made: null, values: null });
  if (state.made) return <SecretOnce title={words.made} secret={state.made.secret} href={state.made.href} words={words} />;
  const values = state.values ?? first;
  const error = (field: string) => (state.field === field ? (state.problem ?? undefined) : undefined);
  return (
    <form action={action} className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-5`} noValidate key={JSON.stringify(state)}>
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Field id="url" label={words.url} hint={words.urlHint} error={error("url")}>
        <input
          {...tie("url", { hint: words.urlHint, error: error("url") })}
          name="url"
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          maxLength={1024}
          defaultValue={values.url}
          placeholder="https://shop.example.com/webhooks"
          className={`${INPUT} font-mono`}
        />
      </Field>
      <Field id="description" label={words.description} hint={words.descriptionHint} error={error("description")}>
        <input
          {...tie("description", { hint: words.descriptionHint, error: error("description") })}
          name="description"
          maxLength={200}
          defaultValue={values.description}
          className={INPUT}
        />
      </Field>
      {fresh ? (
        <Choices
          legend={words.mode}
          hint={words.modeHint}
          name="live"
          value={values.live ? "on" : "off"}
          choices={[
            ["off", words.test],
            ["on", words.live],
          ]}
        />
      ) : null}
      <Field id="format" label={words.format} hint={words.formatHint} error={error("format")}>
        <select
          {...tie("format", { hint: words.formatHint, error: error("format") })}
          name="format"
          defaultValue={values.format}
          className={INPUT}
        >
          {formats.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <AllOrSome
        name="type"
        errorId="event_types-error"
        all="usual"
        words={{ legend: words.types, all: words.typesAll, allText: words.typesAllText, some: words.typesSome }}
        choices={types.map(({ type, text, usual }) => ({
          ...{ value: type, text, chosen: values.eventTypes?.includes(type) ?? usual },
          face: <span className="font-mono text-xs">{type}</span>,
        }))}
        some={values.eventTypes !== null}
        error={error("event_types")}
      />
      <ConfirmPerson view={confirm} problem={state.confirm} />
      <div>
        <Submit busy={words.busy}>{fresh ? words.create : words.save}</Submit>
      </div>
    </form>
  );
}

function Choices(props: { legend: string; hint: string; name: string; value: string; choices: readonly (readonly [string, string])[] }) {
  const { legend, hint, name, value, choices } = props;
  return (
    <fieldset className="grid gap-1.5" aria-describedby={`${name}-hint`}>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {choices.map(([choice, word]) => (
          <label
            key={choice}
            className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-lg border border-edge/50 px-4 text-sm has-checked:border-jade has-checked:bg-jade-soft"
          >
            <input type="radio" name={name} value={choice} defaultChecked={choice === value} className="size-4 accent-jade" />
            {word}
          </label>
        ))}
      </div>
      <p id={`${name}-hint`} className="text-xs text-ink-soft">
        {hint}
      </p>
    </fieldset>
  );
}
