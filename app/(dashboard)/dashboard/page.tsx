import type { Metadata } from "next";
import { homeAddress, readChoice } from "#app/(dashboard)/dashboard/home-choice.ts";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { HomeView } from "#components/dashboard/home-view.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { listAccounts } from "#db/queries/dashboard-accounts.ts";
import { COUNT_MAX, countMatters, modesOf, ordersToReview } from "#db/queries/dashboard-home.ts";
import { readFigures } from "#db/queries/home-read.ts";
import { can } from "#lib/auth.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { translator } from "#lib/i18n/translator.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("home.title");

const REVIEW_ROWS = 5;

/** The merchant's day: what came in, how often it worked, and what needs a person. */
export default async function HomePage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const screen = await openScreen("/dashboard", "view_orders");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t: d, merchant, locale, user } = screen;
  const now = new Date();
  const asked = await searchParams;
  const modes = await modesOf(db(), merchant.id);
  const choice = readChoice(asked, modes);
  const question = { merchantId: merchant.id, timeZone: merchant.timeZone, live: choice.mode === "live", period: choice.days, now };
  const [figures, counts, review, accounts] = await Promise.all([
    readFigures(db(), question),
    countMatters(db(), merchant.id),
    ordersToReview(db(), merchant.id, REVIEW_ROWS),
    listAccounts(db(), merchant.id),
  ]);
  const may = (list: "accounts" | "refunds") => can(user, merchant.id, list === "accounts" ? "view_accounts" : "view_refunds");
  const reading = { locale, timeZone: merchant.timeZone };
  const t = translator(locale, "overview");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      {asked.said === "password" ? <Notice kind="done">{d("password.done")}</Notice> : null}
      <HomeView
        look={{ t, d, reading, now, figures, choice, address: (change) => homeAddress({ ...choice, ...change }) }}
        modes={modes}
        accounts={accounts.map((account) => ({ ...account, gatewayTitle: gatewayById(account.gateway)?.title ?? account.gateway }))}
        attention={{ merchantId: merchant.id, counts, review, countMax: COUNT_MAX, may }}
      />
    </div>
  );
}
