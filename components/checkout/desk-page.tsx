import { createHash } from "node:crypto";
import { BrandColours } from "#components/checkout/brand-colours.tsx";
import { Copyable } from "#components/checkout/copyable.tsx";
import { Footer } from "#components/checkout/footer.tsx";
import { Heading } from "#components/checkout/heading.tsx";
import { Merchant } from "#components/checkout/merchant.tsx";
import { BigAmount } from "#components/checkout/money.tsx";
import { ProblemNote } from "#components/checkout/problem-note.tsx";
import type { FormTarget } from "#components/checkout/scene.ts";
import type { Problem } from "#lib/domain/errors.ts";
import { formatMoney } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { DeskView } from "#lib/payments/desk.ts";

interface Props {
  desk: DeskView;
  /** The shop's query as it came: what the action judges anew. */
  query: string;
  /** The same for the language switch. */
  keep: string;
  locale: Locale;
  /** Made when the page is drawn: pressing twice makes one order. */
  formKey: string;
  problem: Problem | null;
  nonce: string | undefined;
  action: FormTarget;
}

/** A shop's cashier entry address: to whom, what for, how much, and one button, which the page's script presses once. */
export function DeskPage({ desk, query, keep, locale, formKey, problem, nonce, action }: Props) {
  const t = translator(locale, "checkout");
  const address = createHash("sha256").update(query).digest("hex").slice(0, 16);
  return (
    <div className="page">
      <BrandColours brand={desk.merchant.brand} nonce={nonce} />
      {!desk.live && (
        <aside className="sandbox" aria-label={t("sandbox.title")}>
          <p>
            <strong>{t("sandbox.title")}</strong> <span>{t("sandbox.words")}</span>
          </p>
        </aside>
      )}
      <main className="panes" data-view="desk" data-detail={desk.entry.type} aria-labelledby="state">
        <section className="summary" aria-label={t("summary.label")}>
          <Merchant name={desk.merchant.name} logoUrl={desk.merchant.brand.logoUrl} label={t("summary.pay_to")} />
          <p className="link-title">{desk.title}</p>
          {desk.reference && (
            <dl className="facts desk-facts">
              <dt>{t("desk.reference")}</dt>
              <dd>
                <Copyable t={t} label={t("desk.reference")} value={desk.reference} />
              </dd>
            </dl>
          )}
        </section>
        <section className="action" aria-labelledby="state">
          {problem && <ProblemNote problem={problem} locale={locale} />}
          <form
            action={action}
            method={typeof action === "string" ? "post" : undefined}
            className="link-form"
            data-auto={problem ? undefined : `desk ${address}`}
            suppressHydrationWarning
          >
            <input type="hidden" name="query" value={query} />
            <input type="hidden" name="key" value={formKey} />
            <Heading>{t("link.what", { merchant: desk.merchant.name })}</Heading>
            <BigAmount money={desk.amount} locale={locale} />
            <button type="submit" className="primary" suppressHydrationWarning>
              {t("link.pay", { amount: formatMoney(desk.amount, locale) })}
            </button>
          </form>
        </section>
      </main>
      <Footer locale={locale} t={t} contact={desk.merchant.brand.supportContact} keep={keep} />
    </div>
  );
}

/**
 * An address that is not believed, or asks for what cannot be: which parameter, for whoever builds the shop, and a way back.
 * Not to `return_url`: nobody has vouched for it.
 */
export function DeskProblem({ locale, problem, keep }: { locale: Locale; problem: Problem; keep: string }) {
  const t = translator(locale, "checkout");
  const said = translator(locale, "problem")(problem.code, { min: "", max: "", label: "", taken: "", ...problem.values });
  return (
    <div className="page">
      <main
        className="plain"
        data-view="desk_problem"
        data-problem={problem.code}
        data-field={problem.field ?? undefined}
        aria-labelledby="state"
      >
        <Heading words={said}>{t("desk.bad_title")}</Heading>
        {problem.field && (
          <p>
            {t("desk.parameter")} <code className="parameter">{problem.field}</code>
          </p>
        )}
        <p>{t("desk.for_shops")}</p>
        <button type="button" className="primary js-only" data-leave suppressHydrationWarning>
          {t("desk.back")}
        </button>
        <p className="small">
          <a href="/">{t("not_found.home")}</a>
        </p>
      </main>
      <Footer locale={locale} t={t} keep={keep} />
    </div>
  );
}
