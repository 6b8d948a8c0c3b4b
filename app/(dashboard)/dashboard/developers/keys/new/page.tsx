import type { Metadata } from "next";
import { makeKey } from "#app/(dashboard)/dashboard/developers/keys/actions.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { KeyForm } from "#components/dashboard/api-key-form.tsx";
import { keyWords } from "#components/dashboard/api-key-words.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { currentLocale } from "#lib/action.ts";
import { SCOPES } from "#lib/api/scopes.ts";
import { env } from "#lib/env.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "api")("keys.newTitle") };
}

/** A new key's form; the key is shown where the form was. A first one is a test key that may do everything. */
export default async function NewKeyPage() {
  const screen = await openScreen("/dashboard/developers/keys/new", "edit_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const words = keyWords(screen.locale);
  return (
    <BackFrame href="/dashboard/developers/keys" back={words.back} title={words.newTitle} narrow>
      <KeyForm
        submit={makeKey}
        merchantId={screen.merchant.id}
        scopes={SCOPES}
        values={{ name: "", live: false, days: "0", scopes: [...SCOPES] }}
        origin={env().PUBLIC_URL}
        confirm={confirmView(screen.user, screen.locale)}
        words={words}
      />
    </BackFrame>
  );
}
