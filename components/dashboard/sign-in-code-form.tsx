"use client";
import { useActionState } from "react";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What the form shows after a failed try, in the reader's language. */
export interface CodeState {
  problem: string | null;
}

/** The code of the second step. One field for both kinds of code; what was typed is not given back: it is used or wrong. */
export function SignInCodeForm(props: {
  submit: (before: CodeState, form: FormData) => Promise<CodeState>;
  next: string;
  words: Record<"code" | "hint" | "submit" | "busy", string>;
}) {
  const { submit, next, words } = props;
  const [{ problem }, action] = useActionState(submit, { problem: null });
  const tied = { error: problem ?? undefined, hint: words.hint };
  return (
    <form action={action} className="grid gap-4" noValidate>
      <input type="hidden" name="next" value={next} />
      <Field id="code" label={words.code} {...tied}>
        <input
          {...tie("code", tied)}
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          required
          // biome-ignore lint/a11y/noAutofocus: the only field of a page that asks for nothing else.
          autoFocus
          className={`${INPUT} text-center font-mono text-lg tracking-widest tabular-nums`}
        />
      </Field>
      <Submit busy={words.busy} wide>
        {words.submit}
      </Submit>
    </form>
  );
}
