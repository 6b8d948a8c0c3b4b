import type { LinkPageProps } from "#components/checkout/link-page.tsx";
import { FIELD_INPUTS, type LinkField } from "#lib/domain/link.ts";
import { translator } from "#lib/i18n/translator.ts";

/** What the merchant asks each shopper, in the merchant's own words: a text, digits, or one of a list. */
export function LinkQuestions(props: LinkPageProps) {
  const { link, locale } = props;
  if (link.fields.length === 0) return null;
  const t = translator(locale, "links");
  return (
    <div className="link-questions">
      {link.fields.map((field, index) => (
        <Question key={field.key} {...props} field={field} name={FIELD_INPUTS[index] ?? ""} />
      ))}
      <p className="field-hint">{t("page.shop_sees", { merchant: link.merchant.name })}</p>
    </div>
  );
}

function Question({ field, name, locale, typed, problem }: LinkPageProps & { field: LinkField; name: string }) {
  const t = translator(locale, "links");
  const bad = problem?.field === name;
  const common = {
    id: name,
    name,
    className: "input",
    required: field.required,
    "aria-invalid": bad || undefined,
    "aria-describedby": bad ? "problem" : undefined,
    suppressHydrationWarning: true,
  };
  const number = field.kind === "number" ? ({ inputMode: "numeric", pattern: "[0-9]*" } as const) : {};
  return (
    <div className="field">
      <label className="field-label" htmlFor={name}>
        {field.label} {!field.required && <span className="link-optional">{t("page.optional")}</span>}
      </label>
      {field.kind === "choice" ? (
        <select {...common} defaultValue={typed[name] ?? ""}>
          <option value="" disabled={field.required}>
            {t("page.select")}
          </option>
          {field.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : (
        <input {...common} {...number} type="text" maxLength={field.maxLength} defaultValue={typed[name] ?? ""} />
      )}
    </div>
  );
}
