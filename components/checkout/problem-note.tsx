import type { Problem } from "#lib/domain/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** What went wrong and what to do, in one sentence. The redirect ends in `#problem`, so the browser itself moves the focus here. */
export function ProblemNote({ problem, locale }: { problem: Problem; locale: Locale }) {
  const t = translator(locale, "problem");
  // An address may name any problem: its sentence can be said, if with gaps.
  const values = { min: "", max: "", label: "", taken: "", ...problem.values };
  return (
    <p
      className="note note-bad"
      role="alert"
      id="problem"
      tabIndex={-1}
      data-problem={problem.code}
      data-field={problem.field ?? undefined}
    >
      {t(problem.code, values)}
    </p>
  );
}
