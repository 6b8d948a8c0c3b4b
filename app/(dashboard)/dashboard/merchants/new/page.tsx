import type { Metadata } from "next";
import { makeMerchant } from "#app/(dashboard)/dashboard/merchants/actions.ts";
import { placeFields } from "#app/(dashboard)/dashboard/settings/fields.ts";
import { linkWords } from "#app/(dashboard)/dashboard/team/words.ts";
import { openPlatformScreen } from "#app/(dashboard)/screen.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { InviteForm } from "#components/dashboard/invite-form.tsx";
import { PlatformRefusal } from "#components/dashboard/refusal.tsx";
import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "settings")("merchants.new") };
}

/** A new merchant, and who is to own it. */
export default async function NewMerchantPage() {
  const screen = await openPlatformScreen("/dashboard/merchants/new");
  if (screen.kind !== "ok") return <PlatformRefusal t={screen.t} />;
  const { locale, user } = screen;
  const t = translator(locale, "settings");
  const team = translator(locale, "team");
  return (
    <BackFrame href="/dashboard/merchants" back={t("merchants.title")} title={t("merchants.new")} narrow>
      <p className="-mt-3 text-ink-soft">{t("merchants.newText")}</p>
      <InviteForm
        submit={makeMerchant}
        merchantId=""
        fields={[
          { kind: "text", name: "name", label: t("merchants.name"), value: "" },
          ...placeFields(t, { locale, timeZone: "Asia/Shanghai" }),
          { kind: "text", name: "owner", type: "email", label: t("merchants.owner"), hint: t("merchants.ownerHint"), value: "" },
        ]}
        confirm={confirmView(user, locale)}
        words={{ submit: t("merchants.make"), busy: t("working") }}
        link={{ ...linkWords(team), done: t("merchants.title"), back: "/dashboard/merchants" }}
      />
    </BackFrame>
  );
}
