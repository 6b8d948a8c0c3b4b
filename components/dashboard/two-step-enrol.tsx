"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { type CodesWords, RecoveryCodes } from "#components/dashboard/recovery-codes.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";
import type { Catalogue } from "#lib/i18n/catalogue.ts";

/** What came of the form: a problem in words, what ConfirmPerson has to say, or the recovery codes, once. */
export interface TwoStepState {
  problem: string | null;
  confirm: string | null;
  codes: readonly string[] | null;
}

export const TWO_STEP_START: TwoStepState = { problem: null, confirm: null, codes: null };

interface Props {
  submit: (before: TwoStepState, form: FormData) => Promise<TwoStepState>;
  /** What the app is told; null when two-step sign-in is on already. The code's drawing comes from the server. */
  enrolment: { secret: string; address: string; qr: { size: number; path: string } } | null;
  next: string;
  confirm: ConfirmView;
  words: CodesWords & { enrol: Catalogue["safety"]["enrol"]; busy: string };
}

/** Three steps to a second one: an app, the code to scan, the app's answer. Then the recovery codes stand in their place. */
export function TwoStepEnrol({ submit, enrolment, next, confirm, words }: Props) {
  // Named by its address: without JavaScript its answer comes in a page that has the dashboard around it now, and finds its place.
  const [state, action] = useActionState(submit, TWO_STEP_START, "/dashboard/security/two-step");
  const { enrol } = words;
  if (state.codes) {
    return (
      <div className={CARD}>
        <RecoveryCodes codes={state.codes} done={words.codes.on} next={next} words={words} />
      </div>
    );
  }
  if (!enrolment) {
    return (
      <>
        <Notice kind="done">{enrol.already}</Notice>
        <a href="/dashboard/security" className={`${BUTTON.secondary} justify-self-start`}>
          {enrol.back}
        </a>
      </>
    );
  }
  const tied = { error: state.problem ?? undefined };
  return (
    <form action={action} noValidate className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-6`}>
      <ol className="grid gap-6">
        <Step at={1} title={enrol.app}>
          <p className="text-sm text-ink-soft">{enrol.appText}</p>
        </Step>
        <Step at={2} title={enrol.scan}>
          <svg
            viewBox={`0 0 ${enrolment.qr.size} ${enrolment.qr.size}`}
            role="img"
            aria-label={enrol.qr}
            shapeRendering="crispEdges"
            className="size-52 rounded-card border border-line bg-white"
          >
            <path d={enrolment.qr.path} fill="#000" />
          </svg>
          <a href={enrolment.address} className={`${BUTTON.secondary} justify-self-start sm:hidden`}>
            {enrol.open}
          </a>
          <p className="text-sm text-ink-soft">{enrol.scanText}</p>
          <div className="flex max-w-md items-center gap-2 rounded-lg border border-line bg-raised py-2 pr-2 pl-3">
            <code className="min-w-0 flex-1 font-mono text-[13px] leading-6">{(enrolment.secret.match(/.{1,4}/g) ?? []).join(" ")}</code>
            <CopyButton text={enrolment.secret} label={enrol.copyKey} done={words.codes.copied} />
          </div>
        </Step>
        <Step at={3} title={enrol.code}>
          <div className="max-w-56">
            <Field id="code" label={enrol.codeLabel} {...tied}>
              <input
                {...tie("code", tied)}
                name="code"
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={12}
                required
                className={`${INPUT} font-mono text-lg tracking-widest tabular-nums sm:text-lg`}
              />
            </Field>
          </div>
        </Step>
      </ol>
      <ConfirmPerson view={confirm} problem={state.confirm} />
      <div>
        <Submit busy={words.busy}>{enrol.submit}</Submit>
      </div>
    </form>
  );
}

function Step({ at, title, children }: { at: number; title: string; children: React.ReactNode }) {
  return (
    <li className="grid grid-cols-[28px_minmax(0,1fr)] gap-x-3">
      <span
        aria-hidden="true"
        className="grid size-7 place-items-center rounded-full bg-jade-soft text-sm font-semibold text-jade tabular-nums"
      >
        {at}
      </span>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <h2 className="pt-0.5 text-sm font-medium">{title}</h2>
        {children}
      </div>
    </li>
  );
}
