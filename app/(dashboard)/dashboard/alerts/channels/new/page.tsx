import type { Metadata } from "next";
import { saveAlertChannel } from "#app/(dashboard)/dashboard/alerts/actions.ts";
import { freshValues, kindChoices, servicePart } from "#app/(dashboard)/dashboard/alerts/form-parts.ts";
import { HERE, openAlerts, ownerFields } from "#app/(dashboard)/dashboard/alerts/whose.ts";
import { AlertChannelForm } from "#components/dashboard/alert-channel-form.tsx";
import { channelWords } from "#components/dashboard/alert-words.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { PlatformRefusal, Refusal } from "#components/dashboard/refusal.tsx";
import { currentLocale } from "#lib/action.ts";
import { ALERT_SERVICES } from "#lib/domain/alert.ts";
import { LOCALE_NAMES, LOCALES } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "alerts")("channels.newTitle") };
}

/** A new channel: first which service, then its form. */
export default async function NewChannelPage({ searchParams }: { searchParams: Promise<{ of?: string; service?: string }> }) {
  const { of, service } = await searchParams;
  const whose = await openAlerts(`${HERE}/channels/new`, of, "edit_alerts");
  if (whose.kind === "refused")
    return whose.platform ? <PlatformRefusal t={whose.common} /> : <Refusal t={whose.common} merchant={whose.merchant} />;
  const { t, common, query, timeZone, language, merchantId } = whose;
  const chosen = ALERT_SERVICES.find((one) => one === service);
  return (
    <BackFrame href={`${HERE}${query}`} back={t("channels.back")} title={t("channels.newTitle")} narrow>
      {chosen ? (
        <AlertChannelForm
          submit={saveAlertChannel}
          hidden={ownerFields(whose)}
          values={freshValues(chosen, language)}
          fresh
          installation={merchantId === null}
          service={servicePart(t, chosen, null)}
          kinds={kindChoices(t, merchantId === null)}
          languages={LOCALES.map((id) => ({ id, name: LOCALE_NAMES[id] }))}
          confirm={confirmView(whose.user, whose.locale)}
          words={channelWords(t, common, timeZone)}
        />
      ) : (
        <section aria-labelledby="choose" className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <h2 id="choose" className="font-semibold">
            {t("channels.choose")}
          </h2>
          <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
            {ALERT_SERVICES.map((one) => (
              <li key={one}>
                <a
                  href={`${HERE}/channels/new${query ? `${query}&` : "?"}service=${one}`}
                  className="grid min-h-11 gap-0.5 rounded-card border border-line bg-surface px-4 py-3 hover:border-jade"
                >
                  <span className="font-medium">{t(`services.${one}`)}</span>
                  <span className="text-sm text-ink-soft">{t(`serviceHints.${one}`)}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </BackFrame>
  );
}
