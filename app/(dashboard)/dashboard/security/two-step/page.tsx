import type { Metadata } from "next";
import { signOut } from "#app/(dashboard)/actions.ts";
import { enrol, proveFirst } from "#app/(dashboard)/dashboard/security/actions.ts";
import { drawQr } from "#components/checkout/qr-svg.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { LinksFrame } from "#components/dashboard/links-frame.tsx";
import { codesWords } from "#components/dashboard/recovery-codes-words.ts";
import { TwoStepEnrol } from "#components/dashboard/two-step-enrol.tsx";
import { ConfirmedForm } from "#components/dashboard/two-step-forms.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { currentLocale } from "#lib/action.ts";
import { ENROL_PATH, requireUser, type User } from "#lib/auth.ts";
import { CATALOGUES, type Catalogue } from "#lib/i18n/catalogue.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { beginEnrolment } from "#lib/two-step.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "safety")("enrol.title") };
}

/**
 * Where two-step sign-in is switched on. Who must do so before anything else sees this page alone, without the dashboard
 * around it. The key is shown to a person who proved themselves lately, nobody else.
 */
export default async function TwoStepPage() {
  const user = await requireUser(ENROL_PATH, { enrolling: true });
  const locale = await currentLocale();
  const t = translator(locale, "safety");
  const steps = user.proven ? await Steps({ user, locale }) : <ProveFirst t={t} user={user} locale={locale} />;
  if (!user.mustEnrol) {
    return (
      <LinksFrame back={{ href: "/dashboard/security", word: t("enrol.back") }} title={t("enrol.title")} narrow>
        <p className="-mt-3 text-ink-soft">{t("enrol.lead")}</p>
        {steps}
      </LinksFrame>
    );
  }
  return (
    <main className="mx-auto grid max-w-2xl grid-cols-[minmax(0,1fr)] gap-5 px-4 py-8 sm:py-12">
      <h1 className="text-xl font-semibold">{t("enrol.title")}</h1>
      <Notice kind="hint">{t("enrol.asked", { merchant: user.twoStepAskedBy ?? "" })}</Notice>
      {steps}
      <form action={signOut}>
        <button type="submit" className={BUTTON.quiet}>
          {t("enrol.signOut")}
        </button>
      </form>
    </main>
  );
}

async function Steps({ user, locale }: { user: User; locale: Locale }) {
  const begun = await beginEnrolment(db(), user);
  const { enrol: enrolWords, busy } = (CATALOGUES[locale] as Catalogue).safety;
  return (
    <TwoStepEnrol
      submit={enrol}
      enrolment={begun && { ...begun, qr: drawQr(begun.address) }}
      next={user.mustEnrol ? "/dashboard" : "/dashboard/security"}
      confirm={confirmView(user, locale)}
      words={{ ...codesWords(locale, user.email), enrol: enrolWords, busy }}
    />
  );
}

function ProveFirst({ t, user, locale }: { t: Translator<"safety">; user: User; locale: Locale }) {
  return (
    <section className={`${CARD} grid gap-4`}>
      <p className="text-sm text-ink-soft">{t("enrol.prove")}</p>
      <ConfirmedForm
        submit={proveFirst}
        id="prove"
        look="primary"
        confirm={confirmView(user, locale)}
        words={{ submit: t("enrol.proceed"), busy: t("busy") }}
      />
    </section>
  );
}
