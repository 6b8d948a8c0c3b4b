"use client";
import { useActionState } from "react";
import { SchemaInput, type SchemaInputField, type Shown, Text, Tick, Windows } from "#components/dashboard/account-inputs.tsx";
import type { AccountWords } from "#components/dashboard/account-words.ts";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { CARD } from "#components/ui/card.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What the form shows after a problem; `values` by input name, never a secret's. */
export interface AccountFormState {
  problem: string | null;
  /** ConfirmPerson's problem. */
  confirm: string | null;
  errors: Record<string, string>;
  values: Record<string, string>;
}

interface Props {
  submit: (before: AccountFormState, form: FormData) => Promise<AccountFormState>;
  hidden: Record<string, string>;
  /** Whether the account exists already, so that a secret may be left empty. */
  stored: boolean;
  /** Where stored secrets go that are themselves sent to somebody, by the credential's name. */
  addresses?: Readonly<Record<string, string>>;
  account: {
    title: string;
    baseUrl: string;
    position: number;
    weight: number;
    windows: { currency: string; min: string; max: string }[];
    live: boolean;
    active: boolean;
  };
  currencies: readonly string[];
  fields: SchemaInputField[];
  confirm: ConfirmView;
  words: AccountWords;
}

/** An account's form, drawn from its gateway's schemas. Secrets can be written, never read. */
export function AccountForm({ submit, hidden, stored, account, currencies, fields, addresses = {}, confirm, words }: Props) {
  const [state, action] = useActionState(submit, { problem: null, confirm: null, errors: {}, values: {} });
  const given = state.problem !== null || state.confirm !== null;
  const shown: Shown = {
    value: (name, initial) => (given ? (state.values[name] ?? "") : initial),
    ticked: (name, initial) => (given ? state.values[name] === "on" : initial),
    error: (name) => state.errors[name],
  };
  const text = (name: "title" | "baseUrl", hint?: string) => (
    <Text
      name={name}
      label={name === "title" ? words.name : words.baseUrl}
      hint={hint}
      value={shown.value(name, account[name])}
      error={state.errors[name]}
    />
  );
  const number = (name: "position" | "weight", hint: string) => (
    <Text name={name} label={words[name]} hint={hint} value={shown.value(name, String(account[name]))} error={state.errors[name]} />
  );
  return (
    <form action={action} className="grid grid-cols-[minmax(0,1fr)] gap-5" noValidate key={JSON.stringify(state.values)}>
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`}>
        {text("title")}
        {text("baseUrl")}
        <Tick name="active" label={words.active} checked={shown.ticked("active", account.active)} />
        <Tick name="live" label={words.live} hint={words.liveHint} checked={shown.ticked("live", account.live)} />
      </section>
      <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`} aria-labelledby="routing-fields">
        <h2 id="routing-fields" className="font-semibold">
          {words.routing}
        </h2>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          {number("position", words.positionHint)}
          {number("weight", words.weightHint)}
        </div>
        <Windows rows={account.windows} currencies={currencies} shown={shown} words={words} />
      </section>
      {(["credentials", "settings"] as const).map((group) => (
        <section key={group} className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`} aria-label={words[group]}>
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
                shown={shown}
                hint={field.secret ? secretHint(stored, addresses[field.name], words) : undefined}
                words={words}
              />
            ))}
        </section>
      ))}
      <ConfirmPerson view={confirm} problem={state.confirm} />
      <Submit busy={words.busy}>{words.save}</Submit>
    </form>
  );
}

function secretHint(stored: boolean, address: string | undefined, words: AccountWords): string {
  if (!stored) return words.secretNew;
  return address === undefined ? words.secretKept : words.secretSent.replace("{address}", address);
}
