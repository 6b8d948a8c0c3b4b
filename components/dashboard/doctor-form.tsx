"use client";
import { useActionState } from "react";
import { DoctorFinding, type DoctorResult, type ResultWords } from "#components/dashboard/doctor-result.tsx";
import { CARD } from "#components/ui/card.ts";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What came of an examination: a problem with what was pasted, or a finding. `text` and `holder` are given back to the form. */
export interface DoctorState {
  text: string;
  holder: string;
  problem: string | null;
  result: DoctorResult | null;
}

export interface DoctorWords extends ResultWords {
  text: string;
  textHint: string;
  whose: string;
  auto: string;
  run: string;
  running: string;
}

/** Paste, choose whose keys, be told why. Works before JavaScript does; what is pasted is sent to our server and kept nowhere. */
export function DoctorForm(props: {
  submit: (before: DoctorState, form: FormData) => Promise<DoctorState>;
  merchant: string;
  first: DoctorState;
  holders: readonly { id: string; word: string }[];
  words: DoctorWords;
}) {
  const { submit, merchant, first, holders, words } = props;
  const [state, action] = useActionState(submit, first);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <form action={action} className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`}>
        <input type="hidden" name="merchant" value={merchant} />
        <Field id="text" label={words.text} hint={words.textHint} error={state.problem ?? undefined}>
          <textarea
            {...tie("text", { hint: words.textHint, error: state.problem ?? undefined })}
            // A new answer brings its own text: an uncontrolled input keeps the first one otherwise.
            key={state.text}
            name="text"
            rows={9}
            maxLength={65_536}
            spellCheck={false}
            autoComplete="off"
            defaultValue={state.text}
            className={`${INPUT} min-h-40 resize-y py-2 font-mono text-xs leading-5 break-all sm:text-xs`}
          />
        </Field>
        <div className="flex flex-wrap items-end gap-3">
          <div className="min-w-0 grow basis-64">
            <Field id="holder" label={words.whose}>
              <select id="holder" name="holder" defaultValue={state.holder} key={state.holder} className={INPUT}>
                <option value="">{words.auto}</option>
                {holders.map(({ id, word }) => (
                  <option key={id} value={id}>
                    {word}
                  </option>
                ))}
              </select>
            </Field>
          </div>
          <Submit look="primary" busy={words.running}>
            {words.run}
          </Submit>
        </div>
      </form>
      <div aria-live="polite">{state.result ? <DoctorFinding result={state.result} words={words} /> : null}</div>
    </div>
  );
}
