import type { Metadata } from "next";
import { saveEndpoint } from "#app/(dashboard)/dashboard/developers/endpoints/actions.ts";
import { formParts } from "#app/(dashboard)/dashboard/developers/endpoints/form-parts.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { EndpointForm } from "#components/dashboard/endpoint-form.tsx";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { endpointWords } from "#components/dashboard/endpoint-words.ts";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "webhooks")("endpoints.newTitle") };
}

/** A new endpoint's form; its secret is shown where the form was. */
export default async function NewEndpointPage() {
  const screen = await openScreen("/dashboard/developers/endpoints/new", "edit_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const t = translator(screen.locale, "webhooks");
  return (
    <BackFrame href="/dashboard/developers/endpoints" back={t("endpoints.back")} title={t("endpoints.newTitle")} narrow>
      <EndpointForm
        submit={saveEndpoint}
        hidden={{ merchant: screen.merchant.id }}
        values={{ url: "", description: "", live: false, format: "standard", eventTypes: null }}
        fresh
        {...formParts(t)}
        confirm={confirmView(screen.user, screen.locale)}
        words={endpointWords(t, screen.t)}
      />
    </BackFrame>
  );
}
