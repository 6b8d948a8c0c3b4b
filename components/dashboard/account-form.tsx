"use client";
import { useActionState } from "react";
import { CARD } from "#components/ui/card.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What the form shows after a problem; `values` by input name, never a secret's. */
export interface AccountFormState {
  problem: string | null;
  errors: Record<string, string>;
  values: Record<string, string>;
}

interface SchemaField {
  group: "credentials" | "settings";
  name: string;
  kind: "text" | "multiline" | "choice" | "json";
  secret: boolean;
  optional: boolean;
  standard: string;
  options: string[];
  value: string;
}

type Words = Record<
  | "name"
  | "baseUrl"
  | "position"
  | "active"
  | "live"
  | "liveHint"
  | "credentials"
  | "settings"
  | "settingsHint"
  | "document"
  | "secretKept"
  | "secretNew"
  | "save"
  | "busy",
  string
>;

interface Props {
  submit: (before: AccountFormState, form: FormData) => Promise<AccountFormState>;
  hidden: Record<string, string>;
  /** Whether the account exists already, so that a secret may be left empty. */
  stored: boolean;
  account: { title: string; baseUrl: string; position: number; live: boolean; active: boolean };
  fields: SchemaField[];
  words: Words;
}

/** An account's form, drawn from its gateway's schemas. Secrets can be written, never read. */
export function AccountForm({ submit, hidden, stored, account, fields, words }: Props) {
  const [state, action] = useActionState(submit, { problem: null, errors: {}, values: {} });
  const given = state.problem !== null;
  const value = (name: string, initial: string) => (given ? (state.values[name] ?? "") : initial);
  const ticked = (name: string, initial: boolean) => (given ? state.values[name] === "on" : initial);
  return (
    <form action={action} className="grid gap-5" noValidate key={JSON.stringify(state.values)}>
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      {Object.entries(hidden).map(([name, text]) => (
        <input key={name} type="hidden" name={name} value={text} />
      ))}
      <section className={`${CARD} grid gap-4`}>
        <Text name="title" label={words.name} value={value("title", account.title)} error={state.errors.title} />
        <Text name="baseUrl" label={words.baseUrl} value={value("baseUrl", account.baseUrl)} error={state.errors.baseUrl} />
        <Text name="position" label={words.position} value={value("position", String(account.position))} error={state.errors.position} />
        <Tick name="active" label={words.active} checked={ticked("active", account.active)} />
        <Tick name="live" label={words.live} hint={words.liveHint} checked={ticked("live", account.live)} />
      </section>
      {(["credentials", "settings"] as const).map((group) => (
        <section key={group} className={`${CARD} grid gap-4`} aria-label={words[group]}>
          <div>
            <h2 className="font-semibold">{words[group]}</h2>
            <p className="text-xs text-ink-soft">{group === "settings" ? words.settingsHint : words.document}</p>
          </div>
          {fields
            .filter((field) => field.group === group)
            .map((field) => (
              <SchemaInput
                key={field.name}
                field={field}
                value={value(`${group}.${field.name}`, field.value)}
                error={state.errors[`${group}.${field.name}`]}
                hint={field.secret ? (stored ? words.secretKept : words.secretNew) : undefined}
              />
            ))}
        </section>
      ))}
      <Submit busy={words.busy}>{words.save}</Submit>
    </form>
  );
}

function SchemaInput(props: { field: SchemaField; value: string; error: string | undefined; hint: string | undefined }) {
  const { field, value, error, hint } = props;
  const id = `${field.group}.${field.name}`;
  const common = {
    ...tie(id, { error, hint }),
    name: id,
    placeholder: field.standard,
    className: INPUT,
    autoComplete: "off",
    spellCheck: false,
  };
  const area = field.kind === "multiline" || field.kind === "json";
  return (
    <Field id={id} label={field.optional ? field.name : `${field.name} *`} error={error} hint={hint}>
      {field.kind === "choice" ? (
        <select {...tie(id, { error, hint })} name={id} defaultValue={value} className={INPUT}>
          {field.optional ? <option value="">– {field.standard}</option> : null}
          {field.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : area ? (
        <textarea {...common} defaultValue={value} rows={field.kind === "json" ? 3 : 6} className={`${INPUT} py-2 font-mono !text-xs`} />
      ) : (
        <input
          {...common}
          type={field.secret ? "password" : "text"}
          autoComplete={field.secret ? "new-password" : "off"}
          defaultValue={value}
        />
      )}
    </Field>
  );
}

function Text({ name, label, value, error }: { name: string; label: string; value: string; error: string | undefined }) {
  return (
    <Field id={name} label={label} error={error}>
      <input {...tie(name, { error })} name={name} defaultValue={value} autoComplete="off" className={INPUT} />
    </Field>
  );
}

function Tick({ name, label, hint, checked }: { name: string; label: string; hint?: string; checked: boolean }) {
  return (
    <label className="flex min-h-9 items-start gap-3">
      <input type="checkbox" name={name} defaultChecked={checked} className="mt-0.5 size-4" />
      <span>
        {label}
        {hint ? <span className="block text-xs text-ink-soft">{hint}</span> : null}
      </span>
    </label>
  );
}
