"use client";
import { useActionState } from "react";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What the form shows after a failed try; `problem` is a key of `words.problems`. */
export interface SignInState {
  email: string;
  problem: null | "missing_email" | "missing_password" | "wrong" | "too_many" | "origin";
  /** With `too_many`: for how long, in words. */
  wait?: string;
}

interface Words {
  email: string;
  password: string;
  submit: string;
  busy: string;
  firstTime: string;
  problems: Record<string, string>;
}

/** E-mail and password. A plain form before JavaScript runs; the e-mail survives a failed try, the password does not. */
export function SignInForm(props: {
  submit: (before: SignInState, form: FormData) => Promise<SignInState>;
  next: string;
  problem: SignInState["problem"];
  words: Words;
}) {
  const { submit, next, problem, words } = props;
  const [state, action] = useActionState(submit, { email: "", problem });
  const message = state.problem ? (state.wait ?? words.problems[state.problem]) : undefined;
  const emailError = state.problem === "missing_email" ? message : undefined;
  const passwordError = state.problem === "missing_password" ? message : undefined;
  return (
    <form action={action} className="grid gap-4" noValidate>
      {message && !emailError && !passwordError ? <Notice kind="problem">{message}</Notice> : null}
      <input type="hidden" name="next" value={next} />
      <Field id="email" label={words.email} error={emailError}>
        <input
          {...tie("email", { error: emailError })}
          key={state.email}
          name="email"
          type="email"
          autoComplete="username"
          required
          defaultValue={state.email}
          className={INPUT}
        />
      </Field>
      <Field id="password" label={words.password} error={passwordError} hint={words.firstTime}>
        <input
          {...tie("password", { error: passwordError, hint: words.firstTime })}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          className={INPUT}
        />
      </Field>
      <Submit busy={words.busy} wide>
        {words.submit}
      </Submit>
    </form>
  );
}
