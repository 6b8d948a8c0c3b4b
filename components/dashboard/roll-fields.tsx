import { ConfirmPerson, type ConfirmView } from "#components/dashboard/confirm-person.tsx";
import { Field, INPUT, tie } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";

/** What is in a form that replaces a secret: how long the old one goes on beside the new one is chosen first. */
export function RollFields(props: {
  state: { problem: string | null; confirm: string | null };
  hidden: Record<string, string>;
  confirm: ConfirmView;
  /** The choices for the old one's time, and the one that is usual. */
  overlaps: readonly { value: string; word: string }[];
  usual: string;
  words: { overlap: string; roll: string; busy: string };
}) {
  const { state, hidden, confirm, overlaps, usual, words } = props;
  return (
    <>
      {state.problem ? <Notice kind="problem">{state.problem}</Notice> : null}
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <ConfirmPerson view={confirm} problem={state.confirm} />
      <div className="flex flex-wrap items-end gap-3">
        <Field id="overlap" label={words.overlap}>
          <select {...tie("overlap", {})} name="overlap" defaultValue={usual} className={INPUT}>
            {overlaps.map(({ value, word }) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
        </Field>
        <Submit look="secondary" busy={words.busy}>
          {words.roll}
        </Submit>
      </div>
    </>
  );
}
