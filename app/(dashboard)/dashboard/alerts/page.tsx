import type { Metadata } from "next";
import { closeOpenAlert } from "#app/(dashboard)/dashboard/alerts/actions.ts";
import { MailServerSection } from "#app/(dashboard)/dashboard/alerts/mail/section.tsx";
import { HERE, openAlerts, ownerFields, type Whose } from "#app/(dashboard)/dashboard/alerts/whose.ts";
import { AlertChannelsTable } from "#components/dashboard/alert-channels-table.tsx";
import { AlertHistory } from "#components/dashboard/alerts-history.tsx";
import { OpenAlerts } from "#components/dashboard/alerts-open.tsx";
import { Chips, ScreenHead } from "#components/dashboard/chips.tsx";
import { toHome } from "#components/dashboard/next-steps.ts";
import { PlatformRefusal, Refusal } from "#components/dashboard/refusal.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { db } from "#db/client.ts";
import { listAlertChannels } from "#db/queries/alert-channels.ts";
import { type HistoryPlace, OPEN_SHOWN, readAlertHistory, readOpenAlerts } from "#db/queries/alerts.ts";
import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "alerts")("title") };
}

interface Search {
  of?: string;
  said?: string;
  problem?: string;
  before?: string;
}

/** What needs a person now, who is told, and what is over: of a merchant, or of the installation. */
export default async function AlertsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { of, said, problem, before } = await searchParams;
  const whose = await openAlerts(HERE, of, "view_alerts");
  if (whose.kind === "refused")
    return whose.platform ? <PlatformRefusal t={whose.common} /> : <Refusal t={whose.common} merchant={whose.merchant} />;
  const { t, user, merchantId } = whose;
  const installation = merchantId === null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div>
        <ScreenHead title={t("title")} lead={t("lead")} />
        {user.platformAdmin ? (
          <Chips
            label={t("screen.scope")}
            choices={[
              { word: t("screen.mine"), href: HERE, current: !installation },
              { word: t("screen.installation"), href: `${HERE}?of=installation`, current: installation },
            ]}
          />
        ) : null}
        <Said whose={whose} said={said} problem={problem} />
      </div>
      <Open whose={whose} />
      <Channels whose={whose} />
      {installation ? <MailServerSection whose={whose} /> : null}
      <History whose={whose} before={placeOf(before)} />
    </div>
  );
}

const SAID = {
  closed: "screen.closed",
  over: "problems.gone",
  deleted: "channels.deletedSaid",
  gone: "problems.gone",
  mail: "mail.savedSaid",
  mailRemoved: "mail.removed",
} as const;
const REFUSED = ["origin", "forbidden"] as const;

function Said({ whose: { t }, said, problem }: { whose: Whose; said: string | undefined; problem: string | undefined }) {
  const refused = REFUSED.find((one) => one === problem);
  if (refused) return <Notice kind="problem">{t(`problems.${refused}`)}</Notice>;
  if (!said || !Object.hasOwn(SAID, said)) return null;
  const key = SAID[said as keyof typeof SAID];
  return <Notice kind={key === "problems.gone" ? "problem" : "done"}>{t(key)}</Notice>;
}

async function Open({ whose }: { whose: Whose }) {
  const { t, common, merchantId, locale, timeZone, mayEdit } = whose;
  const { rows, total } = await readOpenAlerts(db(), merchantId);
  const close = mayEdit ? { submit: closeOpenAlert, hidden: ownerFields(whose) } : null;
  return (
    <section aria-labelledby="open" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="open" className="font-semibold">
        {t("screen.open")} {total > 0 ? <span className="font-normal text-ink-soft tabular-nums">{total}</span> : null}
      </h2>
      {rows.length === 0 ? (
        <p className="rounded-card border border-line bg-surface px-4 py-6 text-sm">
          <span className="font-medium">{t("screen.openNone")}</span>{" "}
          <span className="block text-ink-soft">{t("screen.openNoneText")}</span>
        </p>
      ) : (
        <OpenAlerts t={t} rows={rows} reading={{ locale, timeZone }} busy={common("common.working")} close={close} />
      )}
      {total > OPEN_SHOWN ? <p className="text-sm text-ink-soft">{t("screen.more", { count: OPEN_SHOWN })}</p> : null}
    </section>
  );
}

async function Channels({ whose }: { whose: Whose }) {
  const { t, common, merchantId, locale, timeZone, mayEdit, query } = whose;
  const rows = await listAlertChannels(db(), merchantId);
  const adding = `${HERE}/channels/new${query}`;
  return (
    <section aria-labelledby="channels" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="channels" className="font-semibold">
            {t("channels.title")}
          </h2>
          <p className="text-sm text-ink-soft">{t("channels.text")}</p>
        </div>
        {rows.length > 0 && mayEdit ? (
          <a href={adding} className={BUTTON.secondary}>
            {t("channels.add")}
          </a>
        ) : null}
      </div>
      {rows.length === 0 ? (
        <Empty
          title={t("channels.empty")}
          text={t("channels.emptyText")}
          next={[mayEdit ? { href: adding, word: t("channels.addFirst"), main: true } : toHome(common)]}
        />
      ) : (
        <AlertChannelsTable t={t} rows={rows} reading={{ locale, timeZone }} query={query} />
      )}
    </section>
  );
}

async function History({ whose, before }: { whose: Whose; before: HistoryPlace | null }) {
  const { t, merchantId, locale, timeZone, query } = whose;
  const { rows, next } = await readAlertHistory(db(), merchantId, before);
  const older = next ? `${HERE}?${query ? "of=installation&" : ""}before=${next.at.toISOString()}_${next.id}#over` : null;
  return (
    <section aria-labelledby="over" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="over" className="font-semibold">
        {t("screen.history")}
      </h2>
      {rows.length === 0 ? (
        <p className="rounded-card border border-line bg-surface px-4 py-6 text-sm text-ink-soft">{t("screen.historyNone")}</p>
      ) : (
        <AlertHistory t={t} rows={rows} reading={{ locale, timeZone }} />
      )}
      <Pager
        label={t("screen.history")}
        first={null}
        newer={{ href: before ? `${HERE}${query}#over` : null, word: t("screen.newest") }}
        older={{ href: older, word: t("screen.older") }}
      />
    </section>
  );
}

/** A place in the history as the address has it; null when it is none. */
function placeOf(text: string | undefined): HistoryPlace | null {
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]{8,12}Z)_(alt_[0-9a-f]{32})$/.exec(text ?? "");
  const at = new Date(match?.[1] ?? Number.NaN);
  return match?.[2] && !Number.isNaN(at.getTime()) ? { at, id: match[2] } : null;
}
