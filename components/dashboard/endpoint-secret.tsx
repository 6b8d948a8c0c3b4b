"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import type { EndpointWords } from "#components/dashboard/endpoint-words.ts";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** A secret, the one time it can be seen. */
export function SecretOnce(props: { title: string; secret: string; href: string | null; words: EndpointWords }) {
  const { title, secret, href, words } = props;
  return (
    <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`} aria-label={words.secret}>
      <Notice kind="done">{title}</Notice>
      <div className="grid gap-1.5">
        <div className="text-sm font-medium">{words.secret}</div>
        <div className="flex items-center gap-2 rounded-lg border border-line bg-raised py-2 pr-2 pl-3">
          <code className="min-w-0 flex-1 font-mono text-[13px] break-all">{secret}</code>
          <CopyButton text={secret} label={words.copy} done={words.copied} />
        </div>
        <p className="text-sm text-ink-soft">{words.secretOnce}</p>
      </div>
      {href ? (
        <div>
          <a href={href} className={BUTTON.secondary}>
            {words.open}
          </a>
        </div>
      ) : null}
    </section>
  );
}

export interface RollState {
  problem: string | null;
  /** ConfirmPerson's problem. */
  confirm: string | null;
  secret: string | null;
}

/** Gives an endpoint a new secret; how long the old one signs beside it is chosen first. */
export function RollForm(props: {
  submit: (before: RollState, form: FormData) => Promise<RollState>;
  hidden: Record<string, string>;
  confirm: ConfirmView;
  words: EndpointWords;
}) {
  const { submit, hidden, confirm, words } = props;
  const [state, action] = useActionState(submit, { problem: null, confirm: null, secret: null });
  if (state.secret) return <SecretOnce title={words.rolled} secret={state.secret} href={null} words={words} />;
  return (
    <form action={action} className="grid gap-3">
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <ConfirmPerson view={confirm} problem={state.confirm} />
      <div className="flex flex-wrap items-end gap-3">
        <Field id="overlap" label={words.overlap}>
          <select {...tie("overlap", {})} name="overlap" defaultValue="86400" className={INPUT}>
            {(["0", "3600", "86400", "604800"] as const).map((seconds) => (
              <option key={seconds} value={seconds}>
                {words[`overlap_${seconds}`]}
              </option>
            ))}
          </select>
        </Field>
        <Submit look="secondary" busy={words.busy}>
          {words.roll}
        </Submit>
      </div>
    </form>
  );
}
