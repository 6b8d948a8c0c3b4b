import { CARD } from "#components/ui/card.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Pre } from "#components/ui/pre.tsx";

/** A piece of a text: on both sides, or on this one only. */
export interface ShownPiece {
  text: string;
  same: boolean;
}

/** A diagnosis in the reader's words. */
export interface DoctorResult {
  tone: "good" | "bad" | "wait";
  title: string;
  text: string;
  /** Which rule and whose keys it was held against. */
  by: string;
  causes: readonly { title: string; fix: string; about: string }[];
  also: readonly string[];
  remarks: readonly string[];
  rule: readonly ShownPiece[];
  signed: readonly ShownPiece[] | null;
  /** Null: nobody here can make it. */
  expected: string | null;
  given: readonly ShownPiece[];
  steps: readonly { title: string; text: string }[];
}

/** The words around a result. */
export interface ResultWords {
  also: string;
  and: string;
  remark: string;
  rule: string;
  signed: string;
  signedUnknown: string;
  expected: string;
  given: string;
  cannot: string;
  steps: string;
  legend: string;
  secret: string;
  copy: string;
  copied: string;
}

const TONES = {
  good: { card: "border-jade/40 bg-jade-soft", mark: "text-jade", icon: "check" },
  bad: { card: "border-red/40 bg-red-soft", mark: "text-red", icon: "alert" },
  wait: { card: "border-amber/40 bg-amber-soft", mark: "text-amber", icon: "alert" },
} as const;

/** What the doctor found: the verdict and its causes, both texts side by side, both signatures, the rule step by step. */
export function DoctorFinding({ result, words }: { result: DoctorResult; words: ResultWords }) {
  return (
    <section aria-labelledby="finding" className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Verdict result={result} words={words} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-2">
        <Text title={words.rule} pieces={result.rule} look="rule" words={words} />
        {result.signed ? (
          <Text title={words.signed} pieces={result.signed} look="signed" words={words} />
        ) : (
          <div className={`${CARD} grid content-start gap-2`}>
            <h3 className="text-sm font-medium">{words.signed}</h3>
            <p className="text-sm text-ink-soft">{words.signedUnknown}</p>
          </div>
        )}
        <Text
          title={words.expected}
          pieces={result.expected === null ? null : [{ text: result.expected, same: true }]}
          look="rule"
          words={words}
        />
        <Text title={words.given} pieces={result.given} look="signed" words={words} />
      </div>
      <p className="text-xs text-ink-soft">
        {words.legend} · {words.secret}
      </p>
      <Steps title={words.steps} steps={result.steps} />
    </section>
  );
}

function Verdict({ result, words }: { result: DoctorResult; words: ResultWords }) {
  const { card, mark, icon } = TONES[result.tone];
  return (
    <div className={`grid gap-3 rounded-card border p-4 sm:p-5 ${card}`}>
      <div className="flex gap-3" role="status">
        <Icon name={icon} className={`mt-1 size-5 ${mark}`} />
        <div className="grid min-w-0 gap-1">
          <h2 id="finding" className="text-lg font-semibold">
            {result.title}
          </h2>
          <p className="max-w-prose text-sm">{result.text}</p>
          <p className="text-xs break-words text-ink-soft">{result.by}</p>
        </div>
      </div>
      {result.causes.length > 0 ? (
        <ol className="grid gap-2 sm:pl-8">
          {result.causes.map((cause, index) => (
            <li key={cause.title + cause.about} className="grid gap-1 rounded-lg border border-line bg-surface px-4 py-3">
              {index > 0 ? <span className="text-xs text-ink-soft">{words.and}</span> : null}
              <strong className="text-sm font-semibold">{cause.title}</strong>
              {cause.about ? <code className="font-mono text-xs break-all whitespace-pre-wrap text-ink-soft">{cause.about}</code> : null}
              <span className="text-sm">{cause.fix}</span>
            </li>
          ))}
        </ol>
      ) : null}
      <Notes title={words.remark} lines={result.remarks} />
      <Notes title={words.also} lines={result.also} />
    </div>
  );
}

function Notes({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="text-sm sm:pl-8">
      <span className="font-medium">{title}</span>
      <ul className="grid list-disc gap-0.5 pl-5">
        {lines.map((line) => (
          <li key={line} className="break-words">
            {line}
          </li>
        ))}
      </ul>
    </div>
  );
}

const MARKS = {
  rule: "bg-jade-soft text-jade underline decoration-2 underline-offset-2",
  signed: "bg-red-soft text-red underline decoration-2 underline-offset-2",
} as const;

// What cannot be seen is drawn.
const VISIBLE: readonly (readonly [string, string])[] = [
  ["\r", "␍"],
  ["\n", "⏎\n"],
  ["\t", "⇥"],
  ["\ufeff", "⟨BOM⟩"],
  ["\u00a0", "⍽"],
  ["\u200b", "⟨ZWSP⟩"],
];
// A list's own line ends are not drawn.
const LINES = VISIBLE.filter(([sign]) => sign !== "\n");
const visible = (text: string, signs = VISIBLE) => signs.reduce((all, [sign, drawn]) => all.replaceAll(sign, drawn), text);

function Text(props: { title: string; pieces: readonly ShownPiece[] | null; look: keyof typeof MARKS; words: ResultWords }) {
  const { title, pieces, look, words } = props;
  const whole = pieces?.map(({ text }) => text).join("") ?? "";
  return (
    <div className={`${CARD} grid grid-cols-[minmax(0,1fr)] content-start gap-2`}>
      <div className="flex min-h-7 items-center justify-between gap-2">
        <h3 className="text-sm font-medium">{title}</h3>
        {whole === "" ? null : <CopyButton text={whole} label={words.copy} done={words.copied} />}
      </div>
      {pieces === null ? (
        <p className="text-sm text-ink-soft">{words.cannot}</p>
      ) : (
        <Pre look="wrapped" className="max-h-96 rounded-lg border border-line bg-raised p-3">
          {whole === "" ? "–" : null}
          {pieces.map(({ text, same }, index) =>
            same ? (
              visible(text)
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move.
              <mark key={index} className={`rounded-sm ${MARKS[look]}`}>
                {visible(text)}
              </mark>
            ),
          )}
        </Pre>
      )}
    </div>
  );
}

function Steps({ title, steps }: { title: string; steps: DoctorResult["steps"] }) {
  return (
    <div className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`}>
      <h3 className="text-sm font-semibold">{title}</h3>
      <ol className="grid gap-3">
        {steps.map((step, index) => (
          <li key={step.title} className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-3 gap-y-1">
            <span aria-hidden="true" className="grid size-6 place-items-center rounded-full bg-raised text-xs tabular-nums">
              {index + 1}
            </span>
            <span className="pt-0.5 text-sm font-medium">{step.title}</span>
            <Pre look="wrapped" className="col-start-2 max-h-48 text-ink-soft">
              {visible(step.text, LINES)}
            </Pre>
          </li>
        ))}
      </ol>
    </div>
  );
}
