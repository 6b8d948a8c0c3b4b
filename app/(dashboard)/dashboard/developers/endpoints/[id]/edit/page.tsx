import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { saveEndpoint } from "#app/(dashboard)/dashboard/developers/endpoints/actions.ts";
import { formParts } from "#app/(dashboard)/dashboard/developers/endpoints/form-parts.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { EndpointForm } from "#components/dashboard/endpoint-form.tsx";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { endpointWords } from "#components/dashboard/endpoint-words.ts";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { db } from "#db/client.ts";
import { endpointOf } from "#db/queries/endpoints.ts";
import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "webhooks")("endpoints.editTitle") };
}

/** An endpoint's form. Its mode and secret are no part of it. */
export default async function EditEndpointPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const screen = await openScreen("/dashboard/developers/endpoints", "edit_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const endpoint = await endpointOf(db(), screen.merchant.id, id);
  if (endpoint?.kind !== "merchant") notFound();
  const t = translator(screen.locale, "webhooks");
  const { url, description, format, eventTypes } = endpoint;
  return (
    <BackFrame href={`/dashboard/developers/endpoints/${id}`} back={t("endpoints.backOne")} title={t("endpoints.editTitle")} narrow>
      <EndpointForm
        submit={saveEndpoint}
        hidden={{ merchant: screen.merchant.id, endpoint: id }}
        values={{ url, description, format, eventTypes, live: endpoint.live === true }}
        fresh={false}
        {...formParts(t)}
        confirm={confirmView(screen.user, screen.locale)}
        words={endpointWords(t, screen.t)}
      />
    </BackFrame>
  );
}
