"use client";
import { useActionState } from "react";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What the form shows after a failed try; `problem` is a key of `words.problems`. */
export interface PasswordState {
  field: "current" | "code" | "next" | "again" | "form";
  problem: null | "wrong" | "wrong_code" | "too_many" | "code" | "short" | "long" | "same" | "different" | "origin";
}

const AUTOCOMPLETE = { current: "current-password", code: "one-time-code", next: "new-password", again: "new-password" } as const;

interface Words {
  current: string;
  code: string;
  next: string;
  again: string;
  hint: string;
  codeHint: string;
  submit: string;
  busy: string;
  problems: Record<string, string>;
}

/** The old password once, a code where one is asked for, the new password twice; each problem stands at its field. */
export function PasswordForm(props: {
  submit: (before: PasswordState, form: FormData) => Promise<PasswordState>;
  email: string;
  /** Asks for a code as well (lib/change-password.ts says when). */
  code: boolean;
  words: Words;
}) {
  const { submit, email, words } = props;
  const [state, action] = useActionState(submit, { field: "form", problem: null });
  const message = state.problem ? words.problems[state.problem] : undefined;
  const errorOf = (field: typeof state.field) => (state.field === field ? message : undefined);
  return (
    <form action={action} className="grid gap-4" noValidate>
      {errorOf("form") ? <Notice kind="problem">{message}</Notice> : null}
      {/* Lets password managers know whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      {(["current", ...(props.code || state.field === "code" ? (["code"] as const) : []), "next", "again"] as const).map((field) => {
        const hint = field === "next" ? words.hint : field === "code" ? words.codeHint : undefined;
        return (
          <Field key={field} id={field} label={words[field]} error={errorOf(field)} hint={hint}>
            <input
              {...tie(field, { error: errorOf(field), hint })}
              name={field}
              type={field === "code" ? "text" : "password"}
              autoComplete={AUTOCOMPLETE[field]}
              required
              className={INPUT}
            />
          </Field>
        );
      })}
      <Submit busy={words.busy} wide>
        {words.submit}
      </Submit>
    </form>
  );
}
