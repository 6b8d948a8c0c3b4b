"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { type StaffField, StaffFieldInput } from "#components/dashboard/staff-fields.tsx";
import { type StaffFormState, type StaffSubmit, UNTOUCHED } from "#components/dashboard/staff-form.ts";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** An invitation's form, and the link once it is made: the one time it can be seen. */
export interface InviteState extends StaffFormState {
  link: { url: string; title: string; mail: string; mailed: boolean } | null;
}

export const NOT_INVITED: InviteState = { ...UNTOUCHED, link: null };

/** `back`: where the way on leads, the list of what was made. */
export type LinkWords = Record<"label" | "once" | "copy" | "copied" | "done" | "back", string>;

/** Somebody's e-mail and role; afterwards the link for them. */
export function InviteForm(props: {
  submit: StaffSubmit<InviteState>;
  merchantId: string;
  fields: readonly StaffField[];
  confirm: ConfirmView;
  words: Record<"submit" | "busy", string>;
  link: LinkWords;
}) {
  const { submit, merchantId, fields, confirm, words, link } = props;
  const [state, action] = useActionState(submit, NOT_INVITED);
  if (state.link) return <InviteLink {...state.link} words={link} />;
  return (
    <form action={action} className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-5`} noValidate>
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      <input type="hidden" name="merchant" value={merchantId} />
      <div key={JSON.stringify(state.values)} className="grid grid-cols-[minmax(0,1fr)] gap-5">
        {fields.map((field) => (
          <StaffFieldInput key={field.label} id="invite" field={field} state={state} />
        ))}
      </div>
      <ConfirmPerson view={confirm} problem={state.confirm} />
      <div>
        <Submit busy={words.busy}>{words.submit}</Submit>
      </div>
    </form>
  );
}

/** Makes a new link for an invitation that is there. */
export function ResendForm(props: {
  submit: StaffSubmit<InviteState>;
  hidden: Record<string, string>;
  confirm: ConfirmView;
  label: string;
  busy: string;
  link: LinkWords;
}) {
  const { submit, hidden, confirm, label, busy, link } = props;
  const [state, action] = useActionState(submit, NOT_INVITED);
  if (state.link) return <InviteLink {...state.link} words={link} plain />;
  return (
    <form action={action} className="grid grid-cols-[minmax(0,1fr)] gap-4" noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <ConfirmPerson view={confirm} problem={state.confirm} id="resend-confirm" />
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      <div>
        <Submit look="secondary" busy={busy}>
          {label}
        </Submit>
      </div>
    </form>
  );
}

/** A fresh link, the one time it can be seen. `plain`: inside a card already. */
export function InviteLink(props: NonNullable<InviteState["link"]> & { words: LinkWords; plain?: boolean }) {
  const { url, title, mail, mailed, words, plain } = props;
  return (
    <section className={`grid grid-cols-[minmax(0,1fr)] gap-4 ${plain ? "" : CARD}`} aria-label={words.label}>
      <Notice kind="done">{title}</Notice>
      <div className="grid gap-1.5">
        <div className="text-sm font-medium">{words.label}</div>
        <div className="flex items-center gap-2 rounded-lg border border-line bg-raised py-2 pr-2 pl-3">
          <code className="min-w-0 flex-1 font-mono text-[13px] break-all">{url}</code>
          <CopyButton text={url} label={words.copy} done={words.copied} />
        </div>
        <p className="text-sm text-ink-soft">{words.once}</p>
      </div>
      <Notice kind={mailed ? "done" : "hint"}>{mail}</Notice>
      <div>
        <a href={words.back} className={BUTTON.secondary}>
          {words.done}
        </a>
      </div>
    </section>
  );
}
