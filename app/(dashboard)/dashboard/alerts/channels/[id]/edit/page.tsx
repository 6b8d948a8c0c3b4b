import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { saveAlertChannel } from "#app/(dashboard)/dashboard/alerts/actions.ts";
import { kindChoices, servicePart, storedValues } from "#app/(dashboard)/dashboard/alerts/form-parts.ts";
import { HERE, openAlerts, ownerFields } from "#app/(dashboard)/dashboard/alerts/whose.ts";
import { AlertChannelForm } from "#components/dashboard/alert-channel-form.tsx";
import { channelWords } from "#components/dashboard/alert-words.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { PlatformRefusal, Refusal } from "#components/dashboard/refusal.tsx";
import { db } from "#db/client.ts";
import { readAlertChannel } from "#db/queries/alert-channels.ts";
import { currentLocale } from "#lib/action.ts";
import { LOCALE_NAMES, LOCALES } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "alerts")("channels.editTitle") };
}

interface Address {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ of?: string }>;
}

/** A channel's form; secrets are not in it and stay when left empty. */
export default async function EditChannelPage({ params, searchParams }: Address) {
  const [{ id }, { of }] = await Promise.all([params, searchParams]);
  const whose = await openAlerts(`${HERE}/channels/${encodeURIComponent(id)}/edit`, of, "edit_alerts");
  if (whose.kind === "refused")
    return whose.platform ? <PlatformRefusal t={whose.common} /> : <Refusal t={whose.common} merchant={whose.merchant} />;
  const { t, common, query, timeZone, merchantId } = whose;
  const channel = await readAlertChannel(db(), merchantId, id);
  if (!channel) notFound();
  return (
    <BackFrame href={`${HERE}/channels/${id}${query}`} back={t("channels.backOne")} title={t("channels.editTitle")} narrow>
      <AlertChannelForm
        submit={saveAlertChannel}
        hidden={{ ...ownerFields(whose), channel: id }}
        values={storedValues(channel)}
        fresh={false}
        installation={merchantId === null}
        service={servicePart(t, channel.service, channel.shown)}
        kinds={kindChoices(t, merchantId === null)}
        languages={LOCALES.map((one) => ({ id: one, name: LOCALE_NAMES[one] }))}
        confirm={confirmView(whose.user, whose.locale)}
        words={channelWords(t, common, timeZone)}
      />
    </BackFrame>
  );
}
