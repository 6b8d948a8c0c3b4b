import { BrandColours } from "#components/checkout/brand-colours.tsx";
import { Footer } from "#components/checkout/footer.tsx";
import { LinkClosed } from "#components/checkout/link-closed.tsx";
import { LinkForm, limitsOf } from "#components/checkout/link-form.tsx";
import { Merchant } from "#components/checkout/merchant.tsx";
import { ProblemNote } from "#components/checkout/problem-note.tsx";
import type { FormTarget } from "#components/checkout/scene.ts";
import type { Problem } from "#lib/domain/errors.ts";
import { FIELD_INPUTS } from "#lib/domain/link.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { LinkView } from "#lib/payments/checkout-link.ts";

/** What the shopper typed before a problem, by the input's name. */
export type Typed = Partial<Record<string, string>>;

export interface LinkPageProps {
  link: LinkView;
  locale: Locale;
  /** Made when the page is drawn: pressing twice makes one order. */
  formKey: string;
  typed: Typed;
  problem: Problem | null;
  /** The request's, for the shop's colours. */
  nonce?: string | undefined;
  /** The order this browser opened here a while ago, where the link takes no other. */
  resume?: string | null | undefined;
  action: FormTarget;
}

/** A merchant's link: who, what for, how much (fixed, chosen or entered), the merchant's questions, and one button. */
export function LinkPage(props: LinkPageProps) {
  const { link, locale, problem } = props;
  const t = translator(locale, "checkout");
  const open = link.standing === "open";
  const view = open ? "link" : "link_closed";
  return (
    <div className="page">
      <BrandColours brand={link.merchant.brand} nonce={props.nonce} />
      {!link.live && (
        <aside className="sandbox" aria-label={t("sandbox.title")}>
          <p>
            <strong>{t("sandbox.title")}</strong> <span>{t("sandbox.words")}</span>
          </p>
        </aside>
      )}
      <main className="panes" data-view={view} data-detail={link.standing} data-link={link.slug} aria-labelledby="state">
        <section className="summary" aria-label={t("summary.label")}>
          <Merchant name={link.merchant.name} logoUrl={link.merchant.brand.logoUrl} label={t("summary.pay_to")} />
          <p className="link-title">{link.title}</p>
          {link.description && <p className="link-description">{link.description}</p>}
          {open && link.expiresAt && (
            <p className="small">
              {translator(locale, "links")("page.until", { time: formatMoment(link.expiresAt, locale, link.timeZone) })}
            </p>
          )}
        </section>
        <section className="action" aria-labelledby="state">
          {problem && open && (
            <ProblemNote problem={{ ...problem, values: { ...problem.values, ...valuesOf(problem, link, locale) } }} locale={locale} />
          )}
          {open ? <LinkForm {...props} /> : <LinkClosed link={link} locale={locale} resume={props.resume ?? null} />}
        </section>
      </main>
      <Footer locale={locale} t={t} contact={open || link.standing === "paid" ? link.merchant.brand.supportContact : undefined} />
    </div>
  );
}

/** A problem came by the address, which carries no words: its numbers and names are the link's own. */
function valuesOf(problem: Problem, link: LinkView, locale: Locale): Record<string, string> {
  const field = link.fields[(FIELD_INPUTS as readonly (string | null)[]).indexOf(problem.field)];
  if (field) return { min: "", max: String(field.maxLength), label: field.label };
  if (problem.field === "quantity") return { min: "", max: String(link.quantityMax), label: "" };
  return { ...limitsOf(link, locale), label: "" };
}
