"use client";
import { useActionState } from "react";
import type { BUTTON } from "#components/ui/button.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What came of a form, already in the reader's language. */
export interface Outcome {
  kind: "done" | "problem";
  text: string;
}

/** A one-button form that says what came of it below the button. Works before JavaScript does. */
export function OutcomeForm(props: {
  submit: (before: Outcome | null, form: FormData) => Promise<Outcome>;
  hidden: Record<string, string>;
  look: keyof typeof BUTTON;
  busy: string;
  children: React.ReactNode;
}) {
  const [outcome, action] = useActionState(props.submit, null);
  return (
    <form action={action} className="grid gap-3">
      {Object.entries(props.hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div>
        <Submit look={props.look} busy={props.busy}>
          {props.children}
        </Submit>
      </div>
      {outcome ? <Notice kind={outcome.kind}>{outcome.text}</Notice> : null}
    </form>
  );
}
