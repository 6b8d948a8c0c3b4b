import type { Metadata } from "next";
import { headers } from "next/headers";
import { sampleView } from "#app/(checkout)/dashboard/settings/preview/sample.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { Checkout } from "#components/checkout/checkout.tsx";
import { Plain } from "#components/checkout/plain.tsx";
import { db } from "#db/client.ts";
import { readSettings } from "#db/queries/merchant-settings.ts";
import { currentLocale } from "#lib/action.ts";
import { type Brand, readFace } from "#lib/domain/brand.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "settings")("brand.preview"), robots: { index: false } };
}

type Search = Promise<Partial<Record<"merchant" | "name" | "colour" | "contact", string | string[]>>>;

/**
 * A checkout with the merchant's face as it is typed just now, drawn by the shopper's own components. What is wrong or missing
 * is as stored. It reads and draws: nothing is kept, and `inert` lets nothing be pressed.
 */
export default async function PreviewPage({ searchParams }: { searchParams: Search }) {
  const search = await searchParams;
  const text = (name: "merchant" | "name" | "colour" | "contact") => (typeof search[name] === "string" ? search[name] : undefined);
  const screen = await openScreen("/dashboard/settings", "view_settings", text("merchant"));
  const { locale } = screen;
  const stored = screen.kind === "ok" ? await readSettings(db(), screen.merchant.id) : null;
  if (!stored) return <Plain locale={locale} title={screen.t("forbidden.title")} words="" view="forbidden" />;
  const { logoUrl, colour, supportContact } = stored.brand;
  const face = readFace({
    name: text("name")?.trim() || stored.name,
    colour: text("colour") ?? colour ?? "",
    contact: text("contact") ?? supportContact ?? "",
  });
  const brand: Brand = face.ok ? brandOf(logoUrl, face) : stored.brand;
  const t = translator(locale, "checkout");
  const title = translator(locale, "settings")("brand.sampleTitle");
  const view = sampleView({ ...stored, name: face.ok ? face.name : stored.name, brand }, title, new Date());
  return (
    <div inert>
      <Checkout
        scene={{
          ...{ view, t, locale, showing: "choose", ask: null, go: false, asked: false, problem: null, sandbox: false },
          ...{ browser: "desktop", desktop: true, pageUrl: "", startKey: "", forms: { start: "", paid: "", cancel: "" } },
          nonce: (await headers()).get("x-nonce") ?? undefined,
        }}
      />
    </div>
  );
}

function brandOf(logoUrl: string | undefined, face: { colour: string | undefined; contact: string | undefined }): Brand {
  return {
    ...(logoUrl && { logoUrl }),
    ...(face.colour && { colour: face.colour }),
    ...(face.contact && { supportContact: face.contact }),
  };
}
