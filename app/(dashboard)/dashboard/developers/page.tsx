import type { Metadata } from "next";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { KeysState, MorePlaces, type PlaceName, QuickStart } from "#components/dashboard/developers-start.tsx";
import { DevelopersHead } from "#components/dashboard/developers-tabs.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { db } from "#db/client.ts";
import { listKeys } from "#db/queries/api-keys.ts";
import { currentLocale } from "#lib/action.ts";
import { env, sandboxOn } from "#lib/env.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "developers")("title") };
}

/** Where a shop's developer begins: a first order with commands to copy, and the way to everything else. */
export default async function DevelopersPage() {
  const screen = await openScreen("/dashboard/developers", "view_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const t = translator(screen.locale, "developers");
  const testKeys = (await listKeys(db(), screen.merchant.id)).filter(({ working, live }) => working && !live).length;
  const places: { name: PlaceName; href: string }[] = [
    { name: "docs", href: "/docs/api" },
    { name: "doctor", href: "/dashboard/developers/doctor" },
    { name: "refused", href: "/dashboard/notifications?verdict=refused" },
    ...(sandboxOn() ? [{ name: "sandbox" as const, href: "/sandbox" }] : []),
  ];
  return (
    <>
      <DevelopersHead t={t} here="overview" title={t("title")} lead={t("lead")} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <QuickStart t={t} origin={env().PUBLIC_URL} />
        <div className="grid content-start gap-4">
          <KeysState t={t} count={testKeys} />
          <MorePlaces t={t} places={places} />
        </div>
      </div>
    </>
  );
}
