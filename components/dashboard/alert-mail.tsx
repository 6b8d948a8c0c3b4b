"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

export interface MailFormState {
  problem: string | null;
  field: string | null;
  /** `confirm_…`: the person must prove themselves. */
  confirm: string | null;
  sender: string;
}

export interface MailWords {
  url: string;
  urlHint: string;
  sender: string;
  save: string;
  saveText: string;
  busy: string;
}

/** The mail server's form: it is tried with a mail to whoever sets it, and kept when that was taken. */
export function MailServerForm(props: {
  submit: (before: MailFormState, form: FormData) => Promise<MailFormState>;
  sender: string;
  confirm: ConfirmView;
  words: MailWords;
}) {
  const { submit, confirm, words } = props;
  const [state, action] = useActionState(submit, { problem: null, field: null, confirm: null, sender: props.sender });
  const error = (field: string) => (state.field === field ? (state.problem ?? undefined) : undefined);
  return (
    <form action={action} className="grid grid-cols-[minmax(0,1fr)] gap-4" noValidate key={JSON.stringify(state)}>
      {state.problem && !state.confirm ? <Notice kind="problem">{state.problem}</Notice> : null}
      <Field id="mail-url" label={words.url} hint={words.urlHint} error={error("url")}>
        <input
          {...tie("mail-url", { hint: words.urlHint, error: error("url") })}
          name="url"
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          maxLength={500}
          className={`${INPUT} font-mono`}
        />
      </Field>
      <Field id="mail-sender" label={words.sender} error={error("sender")}>
        <input
          {...tie("mail-sender", { error: error("sender") })}
          name="sender"
          maxLength={200}
          defaultValue={state.sender}
          placeholder="Shop <cashier@shop.example>"
          className={INPUT}
        />
      </Field>
      <ConfirmPerson view={confirm} problem={state.confirm} id="mail-confirm" />
      <div className="flex flex-wrap items-center gap-3">
        <Submit look="secondary" busy={words.busy}>
          {words.save}
        </Submit>
        <p className="text-xs text-ink-soft">{words.saveText}</p>
      </div>
    </form>
  );
}

export interface MailRemoveState {
  problem: string | null;
  confirm: string | null;
}

/** Forgets the mail server. */
export function MailRemoveForm(props: {
  submit: (before: MailRemoveState, form: FormData) => Promise<MailRemoveState>;
  confirm: ConfirmView;
  words: { remove: string; busy: string };
}) {
  const [state, action] = useActionState(props.submit, { problem: null, confirm: null });
  return (
    <form action={action} className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-3">
      {state.problem && !state.confirm ? <Notice kind="problem">{state.problem}</Notice> : null}
      <ConfirmPerson view={props.confirm} problem={state.confirm} id="mail-remove-confirm" />
      <Submit look="secondary" busy={props.words.busy}>
        {props.words.remove}
      </Submit>
    </form>
  );
}
