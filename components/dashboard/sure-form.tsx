"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { type StaffSubmit, UNTOUCHED } from "#components/dashboard/staff-form.ts";
import type { BUTTON } from "#components/ui/button.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** A form with one button that asks who sits here, and says what came of it. `children` are its inputs, if it has any. */
export function SureForm(props: {
  id: string;
  submit: StaffSubmit;
  hidden: Record<string, string>;
  confirm: ConfirmView;
  look: keyof typeof BUTTON;
  label: string;
  busy: string;
  children?: React.ReactNode;
}) {
  const { id, submit, hidden, confirm, look, label, busy, children } = props;
  const [state, action] = useActionState(submit, UNTOUCHED);
  return (
    <form action={action} className="grid grid-cols-[minmax(0,1fr)] gap-4" noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <ConfirmPerson view={confirm} problem={state.confirm} id={`${id}-confirm`} />
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      {state.done ? <Notice kind="done">{state.done}</Notice> : null}
      <div>
        <Submit look={look} busy={busy}>
          {label}
        </Submit>
      </div>
    </form>
  );
}
