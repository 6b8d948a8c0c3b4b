"use client";
import { useActionState } from "react";
import { Tick } from "#components/dashboard/account-inputs.tsx";
import { LinkPriceFields } from "#components/dashboard/links-form-price.tsx";
import { LinkQuestionFields } from "#components/dashboard/links-form-questions.tsx";
import { Area, Choice, Line, type LinkFormShown } from "#components/dashboard/links-inputs.tsx";
import { CARD } from "#components/ui/card.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What the form shows after a problem, by input name. */
export interface LinkFormState {
  problem: string | null;
  errors: Record<string, string>;
  values: Record<string, string>;
}

/** The form's words in the reader's language, with `{n}` and `{zone}` still in them. */
export type LinkFormWords = typeof import("#lib/i18n/messages/en/links.json")["form"];

interface Props {
  submit: (before: LinkFormState, form: FormData) => Promise<LinkFormState>;
  hidden: Record<string, string>;
  /** Whether the link exists: its address and its money are fixed then. */
  stored: boolean;
  values: Record<string, string>;
  currencies: readonly string[];
  accounts: readonly { id: string; title: string }[];
  locales: readonly { tag: string; name: string }[];
  /** What an address begins with: `https://pay.example/l/`. */
  prefix: string;
  words: LinkFormWords;
}

const SECTION = `${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`;

/** A link's form: what for, how much, how often, what to ask, what comes after. Works before JavaScript does. */
export function LinksForm(props: Props) {
  const { submit, hidden, stored, words } = props;
  const [state, action] = useActionState(submit, { problem: null, errors: {}, values: {} });
  const values = state.problem === null ? props.values : state.values;
  const shown: LinkFormShown = { value: (name) => values[name] ?? "", error: (name) => state.errors[name], words };
  return (
    <form action={action} className="grid grid-cols-[minmax(0,1fr)] gap-5" noValidate key={JSON.stringify(state.values)}>
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <section className={SECTION} aria-labelledby="what-for">
        <h2 id="what-for" className="font-semibold">
          {words.what}
        </h2>
        <Line name="title" label={words.title} hint={words.title_hint} shown={shown} maxLength={100} />
        <Area name="description" label={words.description} shown={shown} rows={2} />
      </section>
      <LinkPriceFields section={SECTION} shown={shown} currencies={props.currencies} />
      <Limits shown={shown} />
      <LinkQuestionFields section={SECTION} shown={shown} />
      <section className={SECTION} aria-labelledby="after">
        <h2 id="after" className="font-semibold">
          {words.after}
        </h2>
        <Area name="success_message" label={words.success_message} shown={shown} rows={2} />
        <Line name="return_url" label={words.return_url} shown={shown} type="url" placeholder="https://" />
        <Line name="notify_url" label={words.notify_url} shown={shown} type="url" placeholder="https://" />
      </section>
      <More {...props} shown={shown} />
      <div>
        <Submit busy={words.busy}>{stored ? words.save : words.create}</Submit>
      </div>
    </form>
  );
}

function Limits({ shown }: { shown: LinkFormShown }) {
  const { words } = shown;
  return (
    <section className={SECTION} aria-labelledby="limits">
      <h2 id="limits" className="font-semibold">
        {words.limits}
      </h2>
      <Tick name="once" label={words.once} hint={words.once_hint} checked={shown.value("once") === "on"} error={shown.error("once")} />
      <Line name="stock" label={words.stock} hint={words.stock_hint} shown={shown} inputMode="numeric" narrow />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Line name="opens_at" label={words.opens_at} shown={shown} type="datetime-local" />
        <Line name="expires_at" label={words.expires_at} shown={shown} type="datetime-local" />
      </div>
      <p className="-mt-2 text-xs text-ink-soft">{words.zone}</p>
    </section>
  );
}

function More({ shown, stored, prefix, accounts, locales, words }: Props & { shown: LinkFormShown }) {
  return (
    <section className={SECTION} aria-labelledby="more">
      <h2 id="more" className="font-semibold">
        {words.more}
      </h2>
      {stored ? null : (
        <>
          <Tick name="live" label={words.live} hint={words.live_hint} checked={shown.value("live") === "on"} error={shown.error("live")} />
          <Line name="slug" label={words.slug} hint={`${prefix}… ${words.slug_hint}`} shown={shown} maxLength={60} />
        </>
      )}
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Choice
          name="locale"
          label={words.locale}
          shown={shown}
          options={[{ value: "", word: words.locale_none }, ...locales.map(({ tag, name }) => ({ value: tag, word: name }))]}
        />
        <Choice
          name="account"
          label={words.account}
          shown={shown}
          options={[{ value: "", word: words.account_none }, ...accounts.map(({ id, title }) => ({ value: id, word: title }))]}
        />
      </div>
    </section>
  );
}
