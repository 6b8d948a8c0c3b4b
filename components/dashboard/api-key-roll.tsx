"use client";
import { useActionState } from "react";
import { KeyOnce } from "#components/dashboard/api-key-once.tsx";
import type { KeyWords } from "#components/dashboard/api-key-words.ts";
import type { ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { RollFields } from "#components/dashboard/roll-fields.tsx";

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
      <RollFields
        state={state}
        hidden={hidden}
        confirm={confirm}
        overlaps={hours.map((one) => ({ value: String(one), word: words[`overlap_${one}`] }))}
        usual="24"
        words={words}
      />
    </form>
  );
}
