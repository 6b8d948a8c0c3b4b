"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { type StaffFormState, type StaffSubmit, UNTOUCHED } from "#components/dashboard/staff-form.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** The secrets, in the one answer that shows them; nothing keeps them in the page. */
export interface DeskSecretsState extends StaffFormState {
  secrets: { test: string; live: string } | null;
}

type Words = Record<
  "show" | "rollTest" | "rollLive" | "rollHint" | "testSecret" | "liveSecret" | "copy" | "copied" | "shown" | "busy",
  string
>;

/** Shows the secrets that sign `/desk` addresses, or makes one of them anew: three buttons, one proof of who sits here. */
export function DeskSecretsForm(props: { submit: StaffSubmit<DeskSecretsState>; merchantId: string; confirm: ConfirmView; words: Words }) {
  const { submit, merchantId, confirm, words } = props;
  const [state, action] = useActionState(submit, { ...UNTOUCHED, secrets: null });
  return (
    <form action={action} className="grid grid-cols-[minmax(0,1fr)] gap-4" noValidate>
      <input type="hidden" name="merchant" value={merchantId} />
      <ConfirmPerson view={confirm} problem={state.confirm} id="desk-secrets-confirm" />
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      {state.done ? <Notice kind="done">{state.done}</Notice> : null}
      {state.secrets ? (
        <>
          <Secret label={words.testSecret} text={state.secrets.test} words={words} />
          <Secret label={words.liveSecret} text={state.secrets.live} words={words} />
          <p className="text-xs text-ink-soft">{words.shown}</p>
        </>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Submit look="secondary" busy={words.busy} name="do" value="show">
          {words.show}
        </Submit>
        <Submit look="quiet" busy={words.busy} name="do" value="test">
          {words.rollTest}
        </Submit>
        <Submit look="quiet" busy={words.busy} name="do" value="live">
          {words.rollLive}
        </Submit>
      </div>
      <p className="text-xs text-ink-soft">{words.rollHint}</p>
    </form>
  );
}

function Secret({ label, text, words }: { label: string; text: string; words: Words }) {
  return (
    <div className="grid gap-1.5">
      <div className="text-sm font-medium">{label}</div>
      <div className="flex items-center gap-2 rounded-lg border border-line bg-raised py-2 pr-2 pl-3">
        <code className="min-w-0 flex-1 font-mono text-[13px] break-all">{text}</code>
        <CopyButton text={text} label={`${words.copy}: ${label}`} done={words.copied} />
      </div>
    </div>
  );
}
