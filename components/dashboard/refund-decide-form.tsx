"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** Where the form stands; the words typed survive a problem. `message` is in the reader's language. */
export interface DecideState {
  decision: string;
  field: "decision" | null;
  message: string | null;
  /** Why the person must prove themselves (ConfirmPerson). */
  unproven: string | null;
}

interface Props {
  submit: (before: DecideState, form: FormData) => Promise<DecideState>;
  requestId: string;
  /** Why it cannot be approved now; null: it can. */
  blocked: string | null;
  person: ConfirmView;
  words: Record<"decision" | "decisionHint" | "approve" | "decline" | "busy", string>;
}

const NEW: DecideState = { decision: "", field: null, message: null, unproven: null };

/** Yes or no to somebody else's request, with words to them. A plain form post, so it works before JavaScript does. */
export function RefundDecideForm({ submit, requestId, blocked, person, words }: Props) {
  const [state, action] = useActionState(submit, NEW);
  const error = state.field === "decision" && state.message ? state.message : undefined;
  return (
    <form action={action} className="grid gap-4" noValidate>
      <input type="hidden" name="request" value={requestId} />
      {blocked ? <Notice kind="hint">{blocked}</Notice> : null}
      {state.message && !state.field ? <Notice kind="problem">{state.message}</Notice> : null}
      <Field id="decision" label={words.decision} error={error} hint={words.decisionHint}>
        <input
          {...tie("decision", { error, hint: words.decisionHint })}
          key={state.decision}
          name="decision"
          maxLength={200}
          autoComplete="off"
          defaultValue={state.decision}
          className={INPUT}
        />
      </Field>
      <ConfirmPerson view={person} problem={state.unproven} />
      <div className="grid gap-2 sm:flex sm:flex-wrap">
        {blocked ? null : (
          <Submit name="intent" value="approve" busy={words.busy}>
            {words.approve}
          </Submit>
        )}
        <Submit look="secondary" name="intent" value="decline" busy={words.busy}>
          {words.decline}
        </Submit>
      </div>
    </form>
  );
}
