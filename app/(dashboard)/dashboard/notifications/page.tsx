import type { Metadata } from "next";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { Chips, ScreenHead } from "#components/dashboard/chips.tsx";
import { InboxTable, RefusedTable } from "#components/dashboard/inbox-tables.tsx";
import { toAccounts } from "#components/dashboard/next-steps.ts";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { db } from "#db/client.ts";
import { countWaiting, type InboxChoice, listNotifications, listRefused } from "#db/queries/dashboard-inbox.ts";
import { readCursor } from "#db/queries/dashboard-page.ts";
import { can } from "#lib/auth.ts";
import { translator } from "#lib/i18n/translator.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("inbox.title");

const HERE = "/dashboard/notifications";
const CHOICES = [
  "waiting",
  "credited",
  "surplus",
  "mismatch",
  "orphan",
  "queried",
  "closed",
  "nothing",
] as const satisfies readonly InboxChoice[];

/** What gateways told us: verified messages with their verdict, and the ones nobody could believe. */
export default async function NotificationsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const screen = await openScreen(HERE, "view_notifications");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, locale, user } = screen;
  const words = translator(locale, "inbox");
  const waits = await countWaiting(db(), merchant.id);
  const seesPayouts = can(user, merchant.id, "view_payouts");
  const search = await searchParams;
  const verdict = CHOICES.find((one) => one === search.verdict) ?? null;
  const refused = search.verdict === "refused";
  const reading = { locale, timeZone: merchant.timeZone };
  const at = (cursor: string | null, chosen: string | null = verdict) => {
    const query = new URLSearchParams({ ...(chosen && { verdict: chosen }), ...(cursor && { cursor }) }).toString();
    return query ? `${HERE}?${query}` : HERE;
  };
  const choices = [
    { word: t("common.all"), href: HERE, current: !verdict && !refused },
    ...CHOICES.map((one) => ({
      word: one === "waiting" ? `${words("waiting")}${waits > 0 ? ` ${waits >= 100 ? "99+" : waits}` : ""}` : t(`verdict.${one}`),
      href: at(null, one),
      current: one === verdict,
    })),
    { word: t("inbox.refused"), href: at(null, "refused"), current: refused },
  ];
  return (
    <>
      <ScreenHead title={t("inbox.title")} lead={t("inbox.lead")} />
      <Chips label={t("inbox.kind")} choices={choices} />
      {refused ? <Refused /> : <Verified />}
    </>
  );

  function Nothing({ title, text }: { title: string; text: string }) {
    const narrowed = verdict !== null || refused;
    return (
      <Empty
        title={title}
        text={text}
        next={[narrowed ? { href: HERE, word: t("common.clear") } : toAccounts(t, can(user, merchant.id, "view_accounts"))]}
      />
    );
  }

  async function Verified() {
    const page = await listNotifications(db(), merchant.id, verdict, readCursor([search.cursor].flat()[0] ?? ""));
    if (page.rows.length === 0 && verdict === "waiting") return <Nothing title={words("noneWaiting")} text={words("noneWaitingText")} />;
    if (page.rows.length === 0) return <Nothing title={t("inbox.empty")} text={t("inbox.emptyText")} />;
    return (
      <>
        <InboxTable
          t={t}
          words={words}
          rows={seesPayouts ? page.rows : page.rows.map((row) => ({ ...row, payoutId: null }))}
          reading={reading}
        />
        <Pager
          label={t("common.pages")}
          first={{ href: at(null), word: t("common.first") }}
          newer={{ href: page.newer && at(page.newer), word: t("common.newer") }}
          older={{ href: page.older && at(page.older), word: t("common.older") }}
        />
      </>
    );
  }

  async function Refused() {
    const rows = await listRefused(db(), merchant.id);
    if (rows.length === 0) return <Nothing title={t("inbox.noneRefused")} text={t("inbox.noneRefusedText")} />;
    return <RefusedTable t={t} words={words} rows={rows} reading={reading} />;
  }
}
