"use client";
import { useActionState } from "react";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { type StaffField, StaffFieldInput } from "#components/dashboard/staff-fields.tsx";
import { type StaffSubmit, UNTOUCHED } from "#components/dashboard/staff-form.ts";
import type { BUTTON } from "#components/ui/button.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/**
 * A form of the dashboard, drawn from plain data: its fields, ConfirmPerson where its action needs that (`confirm`), a button, and
 * what came of it beside the button. Works before JavaScript does; what was typed survives a problem.
 */
export function StaffForm(props: {
  id: string;
  submit: StaffSubmit;
  hidden: Record<string, string>;
  fields?: readonly StaffField[];
  confirm?: ConfirmView;
  look?: keyof typeof BUTTON;
  label: string;
  busy: string;
}) {
  const { id, submit, hidden, fields = [], confirm, look = "secondary", label, busy } = props;
  const [state, action] = useActionState(submit, UNTOUCHED);
  // A field takes its first value only when it is drawn anew: with what was typed, or with what is stored now.
  const drawn = JSON.stringify([state.values, state.done, fields.length > 0 ? fields : null]);
  return (
    <form action={action} className="grid grid-cols-[minmax(0,1fr)] gap-4" noValidate>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.length > 0 ? (
        <div key={drawn} className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {fields.map((field) => (
            <StaffFieldInput key={field.kind === "row" ? field.label : field.name} id={id} field={field} state={state} />
          ))}
        </div>
      ) : null}
      {confirm ? <ConfirmPerson view={confirm} problem={state.confirm} id={`${id}-confirm`} /> : null}
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
