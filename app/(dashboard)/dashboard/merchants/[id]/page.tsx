import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { chooseMerchant } from "#app/(dashboard)/actions.ts";
import { closeMerchant, editMerchant, reopenMerchant } from "#app/(dashboard)/dashboard/merchants/actions.ts";
import { placeFields } from "#app/(dashboard)/dashboard/settings/fields.ts";
import { openPlatformScreen } from "#app/(dashboard)/screen.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { PlatformRefusal } from "#components/dashboard/refusal.tsx";
import { StaffForm } from "#components/dashboard/staff-form-view.tsx";
import { CARD } from "#components/ui/card.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dot } from "#components/ui/dot.tsx";
import { Submit } from "#components/ui/submit.tsx";
import { db } from "#db/client.ts";
import { readSettings } from "#db/queries/merchant-settings.ts";
import { storableText } from "#db/storable.ts";
import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "settings")("merchants.title") };
}

/** One merchant, for the platform: its name and place, a way into its dashboard, and whether it takes new money. */
export default async function MerchantPage({ params }: { params: Promise<{ id: string }> }) {
  const screen = await openPlatformScreen("/dashboard/merchants");
  if (screen.kind !== "ok") return <PlatformRefusal t={screen.t} />;
  const row = await readSettings(db(), storableText((await params).id));
  if (!row) notFound();
  const { locale, user } = screen;
  const t = translator(locale, "settings");
  const common = { hidden: { merchant: row.id }, busy: t("working") };
  const confirm = confirmView(user, locale);
  return (
    <BackFrame href="/dashboard/merchants" back={t("merchants.title")} title={row.name} narrow>
      <section className={`${CARD} flex flex-wrap items-center justify-between gap-3`}>
        <div className="grid gap-1">
          <Dot tone={row.active ? "good" : "quiet"}>{t(row.active ? "merchants.active" : "merchants.closed")}</Dot>
          <span className="font-mono text-xs text-ink-soft">
            {row.id} <CopyButton text={row.id} label={t("desk.copy")} done={t("desk.copied")} />
          </span>
        </div>
        <form action={chooseMerchant}>
          <input type="hidden" name="merchant" value={row.id} />
          <Submit look="secondary" busy={t("working")}>
            {t("merchants.open")}
          </Submit>
        </form>
      </section>
      <section className={CARD} aria-label={t("merchants.edit")}>
        <StaffForm
          id="merchant"
          submit={editMerchant}
          {...common}
          fields={[{ kind: "text", name: "name", label: t("merchants.name"), value: row.name }, ...placeFields(t, row)]}
          label={t("save")}
        />
      </section>
      <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-3`} aria-labelledby="active-title">
        <h2 id="active-title" className="font-semibold">
          {t(row.active ? "merchants.closeTitle" : "merchants.reopenTitle")}
        </h2>
        <p className="max-w-prose text-sm text-ink-soft">{t(row.active ? "merchants.closeText" : "merchants.reopenText")}</p>
        {row.active ? (
          <StaffForm id="close" submit={closeMerchant} {...common} confirm={confirm} look="danger" label={t("merchants.close")} />
        ) : (
          <StaffForm id="reopen" submit={reopenMerchant} {...common} confirm={confirm} label={t("merchants.reopen")} />
        )}
      </section>
    </BackFrame>
  );
}
