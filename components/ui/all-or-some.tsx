const RADIO = "mt-0.5 size-4 shrink-0 accent-jade";
const LABEL = "flex min-h-11 cursor-pointer items-start gap-2.5 text-sm";

interface Props {
  /** The boxes' name in the form; of the two choices it is `which`. */
  name: string;
  errorId: string;
  words: { legend: string; all: string; allText: string; some: string };
  /** What the choice of all is called in the form; the other is `some`. */
  all: string;
  choices: readonly { value: string; face: React.ReactNode; text: string; chosen: boolean }[];
  some: boolean;
  error: string | undefined;
}

/** All, or a chosen few: the few fold away while they do not matter, by CSS alone. One of these a page. */
export function AllOrSome({ name, errorId, words, all, choices, some, error }: Props) {
  return (
    <fieldset className="group/few grid gap-1" aria-describedby={error ? errorId : undefined}>
      <legend className="mb-1 text-sm font-medium">{words.legend}</legend>
      {error ? (
        <p id={errorId} className="text-sm text-red">
          {error}
        </p>
      ) : null}
      <label className={`${LABEL} py-2`}>
        <input type="radio" name="which" value={all} defaultChecked={!some} className={RADIO} />
        <span className="grid gap-0.5">
          {words.all}
          <span className="text-xs text-ink-soft">{words.allText}</span>
        </span>
      </label>
      <label className={`${LABEL} py-2`}>
        <input id="which-some" type="radio" name="which" value="some" defaultChecked={some} className={RADIO} />
        {words.some}
      </label>
      <ul className="hidden gap-x-4 rounded-lg border border-line bg-raised p-3 group-has-[#which-some:checked]/few:grid sm:grid-cols-2">
        {choices.map(({ value, face, text, chosen }) => (
          <li key={value}>
            <label className={`${LABEL} py-1.5`}>
              <input type="checkbox" name={name} value={value} defaultChecked={chosen} className={RADIO} />
              <span className="grid gap-0.5">
                {face}
                <span className="text-xs text-ink-soft">{text}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
