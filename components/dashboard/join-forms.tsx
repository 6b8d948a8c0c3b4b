"use client";
import { useActionState } from "react";
import { type StaffSubmit, shownValue, UNTOUCHED } from "#components/dashboard/staff-form.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** A new person's name and password. The e-mail is the invitation's and cannot be another. */
export function SignUpForm(props: {
  submit: StaffSubmit;
  token: string;
  email: string;
  words: Record<"email" | "name" | "nameHint" | "password" | "passwordHint" | "again" | "submit" | "busy", string>;
}) {
  const { submit, token, email, words } = props;
  const [state, action] = useActionState(submit, UNTOUCHED);
  const name = { hint: words.nameHint, error: state.errors.name };
  const password = { hint: words.passwordHint, error: state.errors.password };
  const again = { error: state.errors.again };
  const typed = shownValue(state, "name", "");
  return (
    <form action={action} className="grid gap-4" noValidate>
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      <input type="hidden" name="token" value={token} />
      <div className="grid gap-1">
        <span className="text-sm font-medium">{words.email}</span>
        <span className="break-all">{email}</span>
        {/* Lets password managers know whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      </div>
      <Field id="name" label={words.name} {...name}>
        <input {...tie("name", name)} key={typed} name="name" autoComplete="name" required defaultValue={typed} className={INPUT} />
      </Field>
      <Field id="password" label={words.password} {...password}>
        <input {...tie("password", password)} name="password" type="password" autoComplete="new-password" required className={INPUT} />
      </Field>
      <Field id="again" label={words.again} {...again}>
        <input {...tie("again", again)} name="again" type="password" autoComplete="new-password" required className={INPUT} />
      </Field>
      <Submit busy={words.busy} wide>
        {words.submit}
      </Submit>
    </form>
  );
}

/** One press for somebody who is signed in. */
export function JoinForm({ submit, token, words }: { submit: StaffSubmit; token: string; words: Record<"submit" | "busy", string> }) {
  const [state, action] = useActionState(submit, UNTOUCHED);
  return (
    <form action={action} className="grid gap-4">
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      <input type="hidden" name="token" value={token} />
      <Submit busy={words.busy} wide>
        {words.submit}
      </Submit>
    </form>
  );
}
