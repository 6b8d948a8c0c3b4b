"use client";
import { useActionState } from "react";
import { KeyOnce } from "#components/dashboard/api-key-once.tsx";
import type { KeyWords } from "#components/dashboard/api-key-words.ts";
import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

export interface RollKeyState {
  problem: string | null;
  /** ConfirmPerson's problem. */
  confirm: string | null;
  made: { secret: string; href: string } | null;
}

/** Makes a key that takes this one's place; how long the old one goes on is chosen first. */
export function RollKeyForm(props: {
  submit: (before: RollKeyState, form: FormData) => Promise<RollKeyState>;
  hidden: Record<string, string>;
  hours: readonly (0 | 1 | 24 | 72 | 168)[];
  origin: string;
  confirm: ConfirmView;
  words: KeyWords;
}) {
  const { submit, hidden, hours, origin, confirm, words } = props;
  const [state, action] = useActionState(submit, { problem: null, confirm: null, made: null });
  if (state.made) return <KeyOnce title={words.rolledDone} {...state.made} origin={origin} words={words} />;
  return (
    <form action={action} className="grid gap-3">
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <ConfirmPerson view={confirm} problem={state.confirm} />
      <div className="flex flex-wrap items-end gap-3">
        <Field id="overlap" label={words.overlap}>
          <select {...tie("overlap", {})} name="overlap" defaultValue="24" className={INPUT}>
            {hours.map((one) => (
              <option key={one} value={one}>
                {words[`overlap_${one}`]}
              </option>
            ))}
          </select>
        </Field>
        <Submit look="secondary" busy={words.busy}>
          {words.roll}
        </Submit>
      </div>
    </form>
  );
}
