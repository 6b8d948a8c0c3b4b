"use client";
import { useActionState } from "react";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What a gateway told of a balance, already in the reader's language; `at` is when it was true. */
export interface BalanceState {
  lines: [string, string][];
  at: string | null;
  problem: string | null;
}

interface Props {
  submit: (before: BalanceState | null, form: FormData) => Promise<BalanceState>;
  hidden: Record<string, string>;
  title: string;
  words: { refresh: string; busy: string; never: string; asOf: string };
}

/** One balance with its button. Nothing is asked before somebody presses it. Works before JavaScript does. */
export function BalanceForm({ submit, hidden, title, words }: Props) {
  const [state, action] = useActionState(submit, null);
  return (
    <form action={action} className="grid content-start gap-3 rounded-card border border-line bg-surface p-4">
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <h3 className="font-medium">{title}</h3>
      <div aria-live="polite" className="grid gap-2">
        {state?.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
        {state && !state.problem ? (
          <>
            <dl className="grid gap-1">
              {state.lines.map(([label, value]) => (
                <div key={label} className="flex justify-between gap-4">
                  <dt className="text-ink-soft">{label}</dt>
                  <dd className="font-medium tabular-nums">{value}</dd>
                </div>
              ))}
            </dl>
            <p className="text-xs text-ink-soft">{words.asOf.replace("{at}", state.at ?? "")}</p>
          </>
        ) : null}
        {state ? null : <p className="text-sm text-ink-soft">{words.never}</p>}
      </div>
      <div>
        <Submit look="small" busy={words.busy}>
          {words.refresh}
          <span className="sr-only">{title}</span>
        </Submit>
      </div>
    </form>
  );
}
