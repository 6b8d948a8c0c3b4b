import { saveBrand } from "#app/(dashboard)/dashboard/settings/actions.ts";
import type { SettingsSearch } from "#app/(dashboard)/dashboard/settings/page.tsx";
import { BrandForm } from "#components/dashboard/brand-form.tsx";
import { LogoForm } from "#components/dashboard/logo-form.tsx";
import { Setting } from "#components/dashboard/setting.tsx";
import type { MerchantSettings } from "#db/queries/merchant-settings.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** The checkout's face: logo, then name, colour and contact with the preview beside them. */
export function BrandSetting({ t, stored, search }: { t: Translator<"settings">; stored: MerchantSettings; search: SettingsSearch }) {
  const answers: Record<string, string> = {
    ...{ logo: t("brand.uploaded"), logo_removed: t("brand.removed"), empty: t("brand.empty"), too_large: t("brand.too_large") },
    ...{ not_a_picture: t("brand.not_a_picture"), too_many_pixels: t("brand.too_many_pixels") },
    ...{ forbidden: t("problem.forbidden"), origin: t("problem.origin") },
  };
  const answer = (text: string | string[] | undefined) => (typeof text === "string" ? (answers[text] ?? null) : null);
  const asked = (name: "name" | "colour" | "contact", kept: string) => (typeof search[name] === "string" ? search[name] : kept);
  const { logoUrl = null, colour = "", supportContact = "" } = stored.brand;
  return (
    <Setting id="brand" title={t("brand.title")} text={t("brand.text")}>
      <LogoForm
        merchantId={stored.id}
        logo={logoUrl}
        said={{ done: answer(search.said), problem: answer(search.problem) }}
        answers={answers}
        words={{
          ...{ file: t("brand.logo"), hint: t("brand.logoHint"), upload: t("brand.upload"), remove: t("brand.remove") },
          ...{ none: t("brand.noLogo"), failed: t("brand.failed") },
        }}
      />
      <div className="border-t border-line pt-5">
        <BrandForm
          submit={saveBrand}
          merchantId={stored.id}
          face={{ name: asked("name", stored.name), colour: asked("colour", colour), contact: asked("contact", supportContact) }}
          logo={logoUrl ?? ""}
          words={{
            ...{ name: t("brand.name"), colour: t("brand.colour"), colourHint: t("brand.colourHint"), picker: t("brand.picker") },
            ...{ contact: t("brand.contact"), contactHint: t("brand.contactHint"), preview: t("brand.preview"), draw: t("brand.draw") },
            ...{ save: t("save"), busy: t("working"), light: t("brand.light"), dark: t("brand.dark"), button: t("brand.button") },
            ...{ readable: t("brand.readable"), adjusted: t.raw("brand.adjusted") as string },
          }}
        />
      </div>
    </Setting>
  );
}
