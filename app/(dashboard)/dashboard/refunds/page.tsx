import type { Metadata } from "next";
import {
  type RefundsFilter as Filter,
  type FilterProblem,
  HERE,
  parseFilter,
  refundsAddress,
  type Search,
  TAB_NAMES,
  TABS,
  WHOSE,
} from "#app/(dashboard)/dashboard/refunds/filter.ts";
import { openScreen, type Screen } from "#app/(dashboard)/screen.ts";
import { Chips, ScreenHead } from "#components/dashboard/chips.tsx";
import { RefundsFilter } from "#components/dashboard/refunds-filter.tsx";
import { RefundsList, RequestsList } from "#components/dashboard/refunds-list.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { actorText } from "#components/dashboard/timeline-lines.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { db } from "#db/client.ts";
import { readUserNames } from "#db/queries/dashboard-order.ts";
import { listRefunds, listRequests, readMembers } from "#db/queries/dashboard-refunds.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

type Open = Extract<Screen, { kind: "ok" }>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "refunds")("title") };
}

/** Money going back: what waits for a second person first, then what is under way, and how the rest ended. */
export default async function RefundsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const screen = await openScreen(HERE, "view_refunds", [search.merchant].flat()[0]);
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t: common, merchant, locale, user } = screen;
  const t = translator(locale, "refunds");
  const members = await readMembers(db(), merchant.id, null);
  const people = [
    { id: user.id, name: t("me", { name: user.name }) },
    ...members.filter(({ id }) => id !== user.id),
    ...(["shop", "policy"] as const).map((id) => ({ id, name: actorText(common, new Map(), id) })),
  ];
  const { filter, problems } = parseFilter(search, new Set(people.map(({ id }) => id)));
  const at = (more: Partial<Filter>) => refundsAddress(merchant.id, { ...filter, ...more });
  const narrowed = Boolean(filter.from || filter.to || filter.by);
  return (
    <>
      <ScreenHead title={t("title")} lead={t("lead")} />
      <Chips
        label={t("tabs")}
        choices={TAB_NAMES.map((tab) => ({ word: t(`tab_${tab}`), href: at({ tab, whose: "all" }), current: tab === filter.tab }))}
      />
      <RefundsFilter
        t={t}
        common={common}
        filter={filter}
        problems={problems}
        people={people}
        merchant={merchant}
        whose={filter.tab === "waiting" ? WHOSE.map((whose) => ({ whose, href: at({ whose }) })) : []}
        clear={narrowed || problems.length > 0 ? refundsAddress(merchant.id, { tab: filter.tab }) : null}
      />
      <List screen={screen} t={t} filter={filter} problems={problems} narrowed={narrowed} />
    </>
  );
}

interface ListProps {
  screen: Open;
  t: Translator<"refunds">;
  filter: Filter;
  problems: readonly FilterProblem[];
  narrowed: boolean;
}

async function List({ screen, t, filter, problems, narrowed }: ListProps) {
  const { t: common, merchant, locale, user } = screen;
  // A list that leaves out what could not be read would look like an answer.
  if (problems.length > 0) return null;
  const { whose, cursor, ...days } = filter;
  const of = { ...days, timeZone: merchant.timeZone, ...(filter.tab === "waiting" && whose === "mine" && { by: user.id }) };
  const narrow = { ...of, notBy: filter.tab === "waiting" && whose === "theirs" ? user.id : null };
  const tab = TABS[filter.tab];
  const page =
    tab.of === "requests"
      ? { of: tab.of, ...(await listRequests(db(), merchant.id, tab.states, narrow, cursor)) }
      : { of: tab.of, ...(await listRefunds(db(), merchant.id, tab.states, narrow, cursor)) };
  if (page.rows.length === 0) return <Nothing t={t} tab={filter.tab} narrowed={narrowed || whose !== "all"} merchantId={merchant.id} />;
  const ids = page.rows.flatMap((row) => [row.requestedBy, "decidedBy" in row ? row.decidedBy : null]);
  const names = await readUserNames(db(), ids.filter((id) => id?.startsWith("usr_")).map(String));
  const shown = { t, common, names, reading: { locale, timeZone: merchant.timeZone } };
  const at = (neighbour: string | null) => neighbour && refundsAddress(merchant.id, filter, neighbour);
  return (
    <>
      {page.of === "requests" ? (
        <RequestsList {...shown} rows={page.rows} viewer={{ id: user.id, approves: can(user, merchant.id, "approve_refund") }} />
      ) : (
        <RefundsList {...shown} rows={page.rows} />
      )}
      <Pager
        label={common("common.pages")}
        first={{ href: refundsAddress(merchant.id, filter), word: common("common.first") }}
        newer={{ href: at(page.newer), word: common("common.newer") }}
        older={{ href: at(page.older), word: common("common.older") }}
      />
    </>
  );
}

function Nothing({
  t,
  tab,
  narrowed,
  merchantId,
}: {
  t: Translator<"refunds">;
  tab: Filter["tab"];
  narrowed: boolean;
  merchantId: string;
}) {
  if (narrowed) {
    return <Empty title={t("none")} text={t("noneText")} next={[{ href: refundsAddress(merchantId, { tab }), word: t(`tab_${tab}`) }]} />;
  }
  return (
    <Empty
      title={t(`empty_${tab}`)}
      text={t(`empty_${tab}Text`)}
      next={[{ href: `/dashboard/orders?merchant=${merchantId}`, word: t("toOrders") }]}
    />
  );
}
