import type { Metadata } from "next";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { HomeView } from "#components/dashboard/home-view.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { readHome } from "#db/queries/dashboard-home.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("home.title");

/** The merchant's day: what came in, how often it worked, and what needs a person. */
export default async function HomePage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const screen = await openScreen("/dashboard", "view_orders");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, locale } = screen;
  const now = new Date();
  const home = await readHome(db(), merchant.id, dayIn(now, merchant.timeZone), merchant.timeZone);
  return (
    <div className="grid gap-6">
      {(await searchParams).said === "password" ? <Notice kind="done">{t("password.done")}</Notice> : null}
      <HomeView t={t} home={home} merchantId={merchant.id} reading={{ locale, timeZone: merchant.timeZone }} now={now} />
    </div>
  );
}

/** Today's date where the merchant is; the Swedish calendar writes it YYYY-MM-DD. */
function dayIn(now: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now);
}
