"use client";
import { useActionState } from "react";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** Where the form stands; sentences are already in the reader's language. */
export interface EmbedFormState {
  text: string;
  problem: string | null;
  done: string | null;
}

interface Props {
  submit: (before: EmbedFormState, form: FormData) => Promise<EmbedFormState>;
  merchantId: string;
  origins: readonly string[];
  words: Record<"label" | "hint" | "test" | "none" | "save" | "busy", string>;
}

/** The origins whose pages may show the checkout, one a line. */
export function EmbedForm({ submit, merchantId, origins, words }: Props) {
  const [state, action] = useActionState(submit, { text: origins.join("\n"), problem: null, done: null });
  const said = { hint: words.hint.replaceAll("`", ""), error: state.problem ?? undefined };
  return (
    <form action={action} className="grid gap-4" noValidate>
      <input type="hidden" name="merchant" value={merchantId} />
      <Field id="origins-text" label={words.label} {...said}>
        <textarea
          {...tie("origins-text", said)}
          key={state.text}
          name="origins"
          rows={5}
          defaultValue={state.text}
          spellCheck={false}
          autoCapitalize="off"
          placeholder="https://shop.example"
          className={`${INPUT} py-2 font-mono leading-6`}
        />
      </Field>
      {state.text === "" && !state.problem ? <p className="text-sm text-ink-soft">{words.none}</p> : null}
      <p className="text-sm text-ink-soft">{words.test.replaceAll("`", "")}</p>
      <div>
        <Submit busy={words.busy}>{words.save}</Submit>
      </div>
      {state.done ? <Notice kind="done">{state.done}</Notice> : null}
    </form>
  );
}
