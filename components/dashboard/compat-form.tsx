"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { CARD } from "#components/ui/card.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What a shop's settings need of a key; secrets are in here the once they are shown. */
export interface MadeKey {
  address: string;
  numbers: [name: string, number: string][];
  secret: { name: string; text: string } | null;
  privateKey: string | null;
  gatewayKey: string | null;
}

export interface CompatFormState {
  problem: string | null;
  field: "gateway" | "account" | "page_url" | "public_key" | null;
  /** ConfirmPerson's problem. */
  confirm: string | null;
  made: MadeKey | null;
  /** What was typed, after a problem. */
  values: Record<string, string>;
}

/** The page's words for both forms, in its reader's language. */
export interface CompatWords {
  gateway: string;
  mode: string;
  test: string;
  testHint: string;
  live: string;
  liveHint: string;
  account: string;
  anyAccount: string;
  accountHint: string;
  pageUrl: string;
  pageUrlHint: string;
  publicKey: string;
  publicKeyHint: string;
  make: string;
  busy: string;
  made: string;
  rolled: string;
  address: string;
  secret: string;
  privateKey: string;
  gatewayKey: string;
  copy: string;
  copied: string;
}

type Submitted = (before: CompatFormState, form: FormData) => Promise<CompatFormState>;
const NOTHING: CompatFormState = { problem: null, field: null, confirm: null, made: null, values: {} };

/** A new key: for which gateway, which money, through which account. What it answers is shown once. */
export function CompatForm(props: {
  submit: Submitted;
  merchantId: string;
  gateways: readonly { id: string; title: string }[];
  accounts: readonly { id: string; label: string }[];
  confirm: ConfirmView;
  words: CompatWords;
}) {
  const { submit, merchantId, gateways, accounts, confirm, words } = props;
  const [state, action] = useActionState(submit, NOTHING);
  const error = (field: CompatFormState["field"]) => (state.field === field && state.problem ? state.problem : undefined);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {state.made ? <Once made={state.made} title={words.made} words={words} /> : null}
      <form action={action} className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`} key={JSON.stringify(state.values)}>
        {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
        <input type="hidden" name="merchant" value={merchantId} />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field id="gateway" label={words.gateway} error={error("gateway")}>
            <select
              {...tie("gateway", { error: error("gateway") })}
              name="gateway"
              defaultValue={state.values.gateway}
              className={INPUT}
              required
            >
              {gateways.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title} · {id}
                </option>
              ))}
            </select>
          </Field>
          <Field id="account" label={words.account} hint={words.accountHint} error={error("account")}>
            <select
              {...tie("account", { hint: words.accountHint, error: error("account") })}
              name="account"
              defaultValue={state.values.account}
              className={INPUT}
            >
              <option value="">{words.anyAccount}</option>
              {accounts.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <fieldset className="grid gap-2">
          <legend className="mb-1.5 text-sm font-medium">{words.mode}</legend>
          <div className="grid gap-2 sm:grid-cols-2">
            <Mode value="test" label={words.test} hint={words.testHint} checked={state.values.mode !== "live"} />
            <Mode value="live" label={words.live} hint={words.liveHint} checked={state.values.mode === "live"} />
          </div>
        </fieldset>
        <PublicKey id="public_key" words={words} value={state.values.public_key} error={error("public_key")} />
        <Field id="page_url" label={words.pageUrl} hint={words.pageUrlHint} error={error("page_url")}>
          <input
            {...tie("page_url", { hint: words.pageUrlHint, error: error("page_url") })}
            name="page_url"
            defaultValue={state.values.page_url}
            type="url"
            autoComplete="off"
            className={INPUT}
          />
        </Field>
        <ConfirmPerson view={confirm} problem={state.confirm} />
        <div>
          <Submit busy={words.busy}>{words.make}</Submit>
        </div>
      </form>
    </div>
  );
}

/** New secrets for a key that is there. */
export function RollForm(props: {
  submit: Submitted;
  merchantId: string;
  keyId: string;
  signsByRsa: boolean;
  text: string;
  button: string;
  busy: string;
  confirm: ConfirmView;
  words: CompatWords;
}) {
  const { submit, merchantId, keyId, signsByRsa, text, button, busy, confirm, words } = props;
  const [state, action] = useActionState(submit, NOTHING);
  return (
    <form action={action} className="grid grid-cols-[minmax(0,1fr)] gap-3" key={JSON.stringify(state.values)}>
      {state.made ? <Once made={state.made} title={words.rolled} words={words} /> : null}
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      <input type="hidden" name="merchant" value={merchantId} />
      <input type="hidden" name="key" value={keyId} />
      <p className="text-sm text-ink-soft">{text}</p>
      {signsByRsa ? (
        <PublicKey
          id={`public_key_${keyId}`}
          words={words}
          value={state.values.public_key}
          error={state.field === "public_key" ? (state.problem ?? undefined) : undefined}
        />
      ) : null}
      <ConfirmPerson view={confirm} problem={state.confirm} id={`confirm-${keyId}`} />
      <div>
        <Submit look="secondary" busy={busy}>
          {button}
        </Submit>
      </div>
    </form>
  );
}

function Mode({ value, label, hint, checked }: { value: string; label: string; hint: string; checked?: boolean }) {
  return (
    <label className="flex min-h-11 cursor-pointer items-start gap-3 rounded-lg border border-edge/50 bg-surface px-3 py-2.5 has-checked:border-jade has-checked:bg-jade-soft">
      <input type="radio" name="mode" value={value} defaultChecked={checked} className="mt-0.5 size-4 accent-jade" />
      <span className="grid">
        <span className="text-sm font-medium">{label}</span>
        <span className="text-xs text-ink-soft">{hint}</span>
      </span>
    </label>
  );
}

function PublicKey(props: { id: string; words: CompatWords; value?: string | undefined; error?: string | undefined }) {
  const { id, words, value, error } = props;
  return (
    <Field id={id} label={words.publicKey} hint={words.publicKeyHint} error={error}>
      <textarea
        {...tie(id, { hint: words.publicKeyHint, error })}
        name="public_key"
        defaultValue={value}
        rows={3}
        spellCheck={false}
        autoComplete="off"
        className={`${INPUT} py-2 font-mono sm:text-xs`}
      />
    </Field>
  );
}

function Once({ made, title, words }: { made: MadeKey; title: string; words: CompatWords }) {
  const lines: [string, string][] = [
    [words.address, made.address],
    ...made.numbers,
    ...(made.secret ? ([[words.secret.replace("{name}", made.secret.name), made.secret.text]] as [string, string][]) : []),
    ...(made.privateKey ? ([[words.privateKey, made.privateKey]] as [string, string][]) : []),
    ...(made.gatewayKey ? ([[words.gatewayKey, made.gatewayKey]] as [string, string][]) : []),
  ];
  return (
    <Notice kind="done">
      <p className="font-medium">{title}</p>
      <dl className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-2">
        {lines.map(([name, text]) => (
          <div key={name} className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
            <dt className="text-xs text-ink-soft">{name}</dt>
            <dd className="flex items-start gap-1">
              <span className="min-w-0 rounded bg-surface px-2 py-1 font-mono text-xs leading-5 break-all whitespace-pre-wrap">
                {text.trim()}
              </span>
              <CopyButton text={text} label={`${words.copy}: ${name}`} done={words.copied} />
            </dd>
          </div>
        ))}
      </dl>
    </Notice>
  );
}
