import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { keyFace } from "#components/dashboard/api-keys-table.tsx";
import { RequestsFilter } from "#components/dashboard/api-requests-filter.tsx";
import { RequestsTable } from "#components/dashboard/api-requests-table.tsx";
import { Chips } from "#components/dashboard/chips.tsx";
import { DevelopersHead } from "#components/dashboard/developers-tabs.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { db } from "#db/client.ts";
import { listKeys } from "#db/queries/api-keys.ts";
import { listRequests, readRequest } from "#db/queries/api-requests.ts";
import { readCursor } from "#db/queries/dashboard-page.ts";
import { currentLocale } from "#lib/action.ts";
import { isApiCode } from "#lib/api/problems.ts";
import { OPERATIONS } from "#lib/api/registry.ts";
import { problemTitle } from "#lib/api/words.ts";
import { translator } from "#lib/i18n/translator.ts";

const HERE = "/dashboard/developers/requests";
const OUTCOMES = ["good", "refused", "failed"] as const;
const NAMES = OPERATIONS.map(({ id }) => id);

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "api")("requests.title") };
}

/** What programs asked of the API and what was answered. */
export default async function RequestsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const screen = await openScreen(HERE, "view_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { merchant, locale } = screen;
  const t = translator(locale, "api");
  const search = await searchParams;
  const wanted = (name: string) => [search[name]].flat()[0] || null;
  const id = wanted("id")?.trim() ?? null;
  if (id && (await readRequest(db(), merchant.id, id))) redirect(`${HERE}/${id}`);
  const keys = await listKeys(db(), merchant.id);
  const address = {
    outcome: OUTCOMES.find((one) => one === wanted("outcome")) ?? null,
    key: keys.find((one) => one.id === wanted("key"))?.id ?? null,
    operation: NAMES.find((one) => one === wanted("operation")) ?? null,
    live: ["yes", "no"].find((one) => one === wanted("live")) ?? null,
  };
  const live = address.live === null ? null : address.live === "yes";
  const filter = { outcome: address.outcome, method: null, keyId: address.key, live, operation: address.operation };
  const page = await listRequests(db(), merchant.id, filter, readCursor(wanted("cursor") ?? ""));
  const rows = page.rows.map((row) => ({ ...row, problem: row.code && isApiCode(row.code) ? problemTitle(row.code, locale) : row.code }));
  const filtered = Object.values(address).some((value) => value !== null);
  const at = (change: Partial<typeof address> & { cursor?: string | null }) => {
    const values = Object.entries({ ...address, ...change }).filter((entry): entry is [string, string] => Boolean(entry[1]));
    return values.length > 0 ? `${HERE}?${new URLSearchParams(values)}` : HERE;
  };
  return (
    <>
      <DevelopersHead t={translator(locale, "developers")} here="requests" title={t("requests.title")} lead={t("requests.lead")} />
      {id ? (
        <div className="mb-4">
          <Notice kind="problem">{t("requests.notFound")}</Notice>
        </div>
      ) : null}
      <RequestsFilter
        t={t}
        common={{ apply: screen.t("common.apply"), clear: screen.t("common.clear") }}
        address={address}
        keys={keys.map((key) => ({ id: key.id, name: key.name, face: keyFace(key) }))}
        operations={NAMES}
        clear={filtered ? HERE : null}
      />
      <Chips
        label={t("requests.outcome")}
        choices={[
          { word: t("requests.any"), href: at({ outcome: null }), current: address.outcome === null },
          ...OUTCOMES.map((one) => ({ word: t(`requests.${one}`), href: at({ outcome: one }), current: address.outcome === one })),
        ]}
      />
      {rows.length === 0 ? <Nothing /> : <RequestsTable t={t} rows={rows} reading={{ locale, timeZone: merchant.timeZone }} />}
      <Pager
        label={screen.t("common.pages")}
        first={{ href: at({}), word: screen.t("common.first") }}
        newer={{ href: page.newer && at({ cursor: page.newer }), word: screen.t("common.newer") }}
        older={{ href: page.older && at({ cursor: page.older }), word: screen.t("common.older") }}
      />
    </>
  );

  function Nothing() {
    if (filtered)
      return (
        <Empty title={t("requests.noneFound")} text={t("requests.noneFoundText")} next={[{ href: HERE, word: screen.t("common.clear") }]} />
      );
    return (
      <Empty
        title={t("requests.empty")}
        text={t("requests.emptyText")}
        next={[{ href: "/dashboard/developers/keys", word: t("keys.title") }]}
      />
    );
  }
}
