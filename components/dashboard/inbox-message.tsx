import { Facts, Fold, Raw } from "#components/dashboard/fold.tsx";
import { Moment, type Reading } from "#components/dashboard/moment.tsx";
import { CARD } from "#components/ui/card.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { LINK } from "#components/ui/link.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type Words = Translator<"inbox">;

/** Facts of a message in a row, as the order page has them. */
export function MessageFacts({ facts }: { facts: readonly (readonly [string, React.ReactNode])[] }) {
  return (
    <dl className="grid gap-px overflow-hidden rounded-card border border-line bg-line sm:grid-cols-2 xl:grid-cols-4">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0 bg-surface px-4 py-3">
          <dt className="text-xs text-ink-soft">{name}</dt>
          <dd className="mt-0.5 min-w-0 font-medium break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One step of checking a message. `null`: not reached. */
export interface Check {
  title: string;
  passed: boolean | null;
  detail: string | null;
}

const MARKS = {
  true: { icon: "check", look: "bg-jade-soft text-jade", word: "checks.passed" },
  false: { icon: "cross", look: "bg-red-soft text-red", word: "checks.failed" },
  null: { icon: "more", look: "bg-raised text-ink-soft", word: "checks.skipped" },
} as const;

/** How a message was checked, step by step, and what was decided by it. */
export function Checks({ words, checks, decision }: { words: Words; checks: readonly Check[]; decision: string }) {
  return (
    <section className={`${CARD} grid content-start gap-4`} aria-labelledby="checks">
      <div className="grid gap-0.5">
        <h2 id="checks" className="font-semibold">
          {words("checks.title")}
        </h2>
        <p className="text-xs text-ink-soft">{words("checks.lead")}</p>
      </div>
      <ol className="grid gap-3">
        {checks.map(({ title, passed, detail }) => {
          const { icon, look, word } = MARKS[`${passed}`];
          return (
            <li key={title} className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-3">
              <span className={`grid size-6 place-items-center rounded-full ${look}`}>
                <Icon name={icon} className="size-3.5" />
                <span className="sr-only">{words(word)}</span>
              </span>
              <span className={`pt-0.5 text-sm ${passed === null ? "text-ink-soft" : ""}`}>
                {title}
                {detail ? <span className="block text-xs break-words text-ink-soft">{detail}</span> : null}
              </span>
            </li>
          );
        })}
      </ol>
      <div className="border-t border-line pt-3">
        <h3 className="text-xs text-ink-soft">{words("decision")}</h3>
        <p className="text-sm font-medium">{decision}</p>
      </div>
    </section>
  );
}

/** What became of it later, oldest first. */
export function Later(props: {
  words: Words;
  reading: Reading;
  lines: readonly { at: Date; title: string; by: string; reason: string | null; orderId: string | null }[];
}) {
  const { words, reading, lines } = props;
  if (lines.length === 0) return null;
  return (
    <section className={`${CARD} grid gap-3`} aria-labelledby="later">
      <h2 id="later" className="font-semibold">
        {words("later.title")}
      </h2>
      <ol className="grid gap-3">
        {lines.map((line) => (
          <li key={line.at.toISOString()} className="grid gap-0.5 border-l border-line pl-4 text-sm">
            <span className="text-xs text-ink-soft">
              <Moment at={line.at} reading={reading} /> · {line.by}
            </span>
            <span>
              {line.title}
              {line.orderId ? (
                <>
                  {" "}
                  <a href={`/dashboard/orders/${line.orderId}`} className={LINK}>
                    {words("facts.order")}
                  </a>
                </>
              ) : null}
            </span>
            {line.reason ? <span className="break-words text-ink-soft">{words("later.reason", { reason: line.reason })}</span> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The exact bytes, masked and copyable, and the fields read from them. */
export function Bytes(props: {
  words: Words;
  copy: { label: string; done: string };
  text: string;
  cut: boolean;
  fields: Readonly<Record<string, string>> | null;
}) {
  const { words, copy, text, cut, fields } = props;
  return (
    <section className={CARD} aria-labelledby="bytes">
      <div className="flex items-center justify-between gap-2">
        <h2 id="bytes" className="font-semibold">
          {words("bytes.title")}
        </h2>
        <CopyButton text={text} label={copy.label} done={copy.done} />
      </div>
      <p className="mb-2 text-xs text-ink-soft">
        {words("bytes.lead")} {cut ? words("bytes.cut") : null}
      </p>
      <Raw label={words("bytes.message")} text={text} />
      {fields ? (
        <Fold title={words("bytes.fields")}>
          <Facts facts={Object.entries(fields)} />
        </Fold>
      ) : null}
    </section>
  );
}
