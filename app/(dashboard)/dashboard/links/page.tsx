import type { Metadata } from "next";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { Chips, ScreenHead } from "#components/dashboard/chips.tsx";
import { LinksTable } from "#components/dashboard/links-table.tsx";
import { toHome } from "#components/dashboard/next-steps.ts";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { db } from "#db/client.ts";
import { type Cursor, cursorText, PAGE_ROWS, readCursor } from "#db/queries/dashboard-page.ts";
import { readTakings } from "#db/queries/link-figures.ts";
import { type CheckoutLink, listLinks } from "#db/queries/links.ts";
import { can } from "#lib/auth.ts";
import { linkStanding } from "#lib/domain/link.ts";
import { env } from "#lib/env.ts";
import { translator } from "#lib/i18n/translator.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("links.title");

const HERE = "/dashboard/links";
const FILTERS = ["active", "retired"] as const;
type Search = Record<string, string | string[] | undefined>;

/** The addresses a merchant hands to customers, each with what it brought. */
export default async function LinksPage({ searchParams }: { searchParams: Promise<Search> }) {
  const screen = await openScreen(HERE, "view_links");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, locale, user } = screen;
  const t = translator(locale, "links");
  const search = await searchParams;
  const filter = FILTERS.find((one) => one === search.state);
  const page = await readPage(merchant.id, filter && filter === "active", readCursor([search.cursor].flat()[0] ?? ""));
  const takings = await readTakings(
    db(),
    merchant.id,
    page.rows.map((link) => link.id),
  );
  const mayEdit = can(user, merchant.id, "edit_links");
  const at = (cursor: string | null, state: string | undefined = filter) => {
    const query = new URLSearchParams({ ...(state && { state }), ...(cursor && { cursor }) }).toString();
    return query ? `${HERE}?${query}` : HERE;
  };
  const now = new Date();
  const rows = page.rows.map((link) => ({
    ...link,
    standing: linkStanding(link, now, 0),
    ...(takings.get(link.id) ?? { paid: 0, taken: [] }),
  }));
  const adding = { href: `${HERE}/new`, word: t("list.new") };
  if (rows.length === 0 && !filter && !search.cursor) {
    return (
      <>
        <ScreenHead title={t("list.title")} lead={t("list.lead")} />
        <Empty
          title={t("list.empty")}
          text={t(mayEdit ? "list.empty_text" : "list.empty_viewer")}
          next={[mayEdit ? { ...adding, main: true } : toHome(screen.t)]}
        />
      </>
    );
  }
  return (
    <>
      <ScreenHead title={t("list.title")} lead={t("list.lead")}>
        {mayEdit ? (
          <a href={adding.href} className={BUTTON.primary}>
            {adding.word}
          </a>
        ) : null}
      </ScreenHead>
      <Chips
        label={t("list.filter")}
        choices={[
          { word: t("list.all"), href: HERE, current: !filter },
          ...FILTERS.map((one) => ({ word: t(`list.only_${one}`), href: `${HERE}?state=${one}`, current: one === filter })),
        ]}
      />
      {rows.length === 0 ? (
        <Empty title={t("list.none_here")} text={t("list.lead")} next={[{ href: HERE, word: t("list.all") }]} />
      ) : (
        <LinksTable t={t} links={rows} origin={env().PUBLIC_URL} locale={locale} />
      )}
      <Pager
        label={t("list.pages")}
        first={{ href: at(null), word: t("list.first") }}
        newer={{ href: page.newer && at(page.newer), word: t("list.newer") }}
        older={{ href: page.older && at(page.older), word: t("list.older") }}
      />
    </>
  );
}

interface LinksOnPage {
  rows: CheckoutLink[];
  newer: string | null;
  older: string | null;
}

async function readPage(merchantId: string, active: boolean | undefined, cursor: Cursor | null): Promise<LinksOnPage> {
  const key = cursor && { at: cursor.at, id: cursor.id };
  const newer = cursor?.direction === "newer";
  const listing = { merchantId, active, limit: PAGE_ROWS + 1, ...(key && (newer ? { before: key } : { after: key })) };
  const read = await listLinks(db(), listing);
  const more = read.length > PAGE_ROWS;
  const rows = newer ? read.slice(-PAGE_ROWS) : read.slice(0, PAGE_ROWS);
  const [first, last] = [rows[0], rows.at(-1)];
  const beyond = (direction: Cursor["direction"], row: CheckoutLink | undefined) =>
    row ? cursorText({ direction, at: row.createdAt, id: row.id }) : null;
  return {
    rows,
    newer: (newer ? more : cursor !== null) ? beyond("newer", first) : null,
    older: newer || more ? beyond("older", last) : null,
  };
}
