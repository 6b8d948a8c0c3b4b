"use client";
import { useActionState } from "react";
import type { ConfirmView } from "#components/dashboard/confirm-person.tsx";
import type { EndpointWords } from "#components/dashboard/endpoint-words.ts";
import { RollFields } from "#components/dashboard/roll-fields.tsx";
import { ShownOnce } from "#components/dashboard/shown-once.tsx";

/** A secret, the one time it can be seen. */
export function SecretOnce(props: { title: string; secret: string; href: string | null; words: EndpointWords }) {
  const { title, secret, href, words } = props;
  return <ShownOnce title={title} texts={[{ label: words.secret, text: secret }]} hint={words.secretOnce} href={href} words={words} />;
}

const OVERLAPS = ["0", "3600", "86400", "604800"] as const;

export interface RollState {
  problem: string | null;
  /** ConfirmPerson's problem. */
  confirm: string | null;
  secret: string | null;
}

/** Gives an endpoint a new secret; how long the old one signs beside it is chosen first. */
export function RollForm(props: {
  submit: (before: RollState, form: FormData) => Promise<RollState>;
  hidden: Record<string, string>;
  confirm: ConfirmView;
  words: EndpointWords;
}) {
  const { submit, hidden, confirm, words } = props;
  const [state, action] = useActionState(submit, { problem: null, confirm: null, secret: null });
  if (state.secret) return <SecretOnce title={words.rolled} secret={state.secret} href={null} words={words} />;
  return (
    <form action={action} className="grid gap-3">
      <RollFields
        state={state}
        hidden={hidden}
        confirm={confirm}
        overlaps={OVERLAPS.map((seconds) => ({ value: seconds, word: words[`overlap_${seconds}`] }))}
        usual="86400"
        words={words}
      />
    </form>
  );
}
