import type { LinkPageProps } from "#components/checkout/link-page.tsx";
import { formatMoney } from "#lib/i18n/format.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { LinkView } from "#lib/payments/checkout-link.ts";

interface Props extends LinkPageProps {
  choices: NonNullable<LinkView["choices"]>;
}

/** A list of names and amounts, one of which is taken: plain radio buttons, the first chosen where there is only one. */
export function LinkChoices({ choices, locale, typed, problem }: Props) {
  const t = translator(locale, "links");
  const bad = problem?.field === "choice";
  const chosen = typed.choice ?? (choices.length === 1 ? "0" : undefined);
  return (
    <fieldset className="field" aria-describedby={bad ? "problem" : undefined}>
      <legend className="link-legend">
        <h1 id="state" tabIndex={-1}>
          {t("page.choose")}
        </h1>
      </legend>
      <div className="link-choices">
        {choices.map(({ label, amount }, index) => (
          <label key={label} className="tile">
            <input type="radio" name="choice" value={index} required defaultChecked={chosen === String(index)} suppressHydrationWarning />
            <span className="link-choice">
              <span>{label}</span> <b>{formatMoney(amount, locale)}</b>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
