"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { type CodesWords, RecoveryCodes } from "#components/dashboard/recovery-codes.tsx";
import { TWO_STEP_START, type TwoStepState } from "#components/dashboard/two-step-enrol.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

interface Props {
  submit: (before: TwoStepState, form: FormData) => Promise<TwoStepState>;
  /** Tells this form's fields from those of the others on the page. */
  id: string;
  look: "primary" | "secondary" | "danger";
  confirm: ConfirmView;
  words: { submit: string; busy: string };
  /** Where new codes come of it. */
  codes?: CodesWords;
}

/** One button that first makes sure who presses it; where it makes recovery codes, they stand in its place, once. */
export function ConfirmedForm({ submit, id, look, confirm, words, codes }: Props) {
  const [state, action] = useActionState(submit, TWO_STEP_START);
  if (state.codes && codes) return <RecoveryCodes codes={state.codes} done={codes.codes.fresh} next="/dashboard/security" words={codes} />;
  return (
    <form action={action} noValidate className="grid max-w-md gap-3">
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      <ConfirmPerson view={confirm} problem={state.confirm} id={id} />
      <div>
        <Submit look={look} busy={words.busy}>
          {words.submit}
        </Submit>
      </div>
    </form>
  );
}
