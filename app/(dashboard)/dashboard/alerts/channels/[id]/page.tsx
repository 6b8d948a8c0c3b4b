import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { switchAlertChannel, testAlertChannel } from "#app/(dashboard)/dashboard/alerts/actions.ts";
import { HERE, openAlerts, ownerFields } from "#app/(dashboard)/dashboard/alerts/whose.ts";
import { ChannelFacts, ChannelLog, ChannelSwitches } from "#components/dashboard/alert-channel-view.tsx";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { PlatformRefusal, Refusal } from "#components/dashboard/refusal.tsx";
import { CARD } from "#components/ui/card.ts";
import { Notice } from "#components/ui/notice.tsx";
import { OutcomeForm } from "#components/ui/outcome-form.tsx";
import { db } from "#db/client.ts";
import { listAlertMessages, readAlertChannel } from "#db/queries/alert-channels.ts";
import { currentLocale } from "#lib/action.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "alerts")("channels.one") };
}

const SAID = { made: "made", saved: "saved", pause: "pausedSaid", resume: "resumedSaid" } as const;
const REFUSED = ["origin", "forbidden", "gone"] as const;
const LOGGED = 30;

interface Address {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ of?: string; said?: string; problem?: string }>;
}

/** One channel: what it is set to, a test that really sends, and what it was sent. */
export default async function ChannelPage({ params, searchParams }: Address) {
  const [{ id }, { of, said, problem }] = await Promise.all([params, searchParams]);
  const whose = await openAlerts(`${HERE}/channels/${encodeURIComponent(id)}`, of, "view_alerts");
  if (whose.kind === "refused")
    return whose.platform ? <PlatformRefusal t={whose.common} /> : <Refusal t={whose.common} merchant={whose.merchant} />;
  const { t, common, locale, timeZone, merchantId, mayEdit, query } = whose;
  const found = await readAlertChannel(db(), merchantId, id);
  if (!found) notFound();
  const { target: _, ...channel } = found;
  const log = await listAlertMessages(db(), id, LOGGED);
  const done = said && Object.hasOwn(SAID, said) ? SAID[said as keyof typeof SAID] : null;
  const refused = REFUSED.find((one) => one === problem);
  const hidden = ownerFields(whose);
  return (
    <BackFrame href={`${HERE}${query}`} back={t("channels.back")} title={channel.name}>
      {done ? <Notice kind="done">{t(`channels.${done}`)}</Notice> : null}
      {refused ? <Notice kind="problem">{t(`problems.${refused}`)}</Notice> : null}
      {channel.failingSince ? (
        <Notice kind="problem">{t("channels.failingSince", { time: formatMoment(channel.failingSince, locale, timeZone) })}</Notice>
      ) : null}
      <ChannelFacts t={t} channel={channel} />
      {mayEdit ? (
        <section className={`${CARD} grid gap-4`} aria-labelledby="test">
          <div>
            <h2 id="test" className="font-semibold">
              {t("channels.testButton")}
            </h2>
            <p className="text-sm text-ink-soft">{t("channels.testText")}</p>
          </div>
          <OutcomeForm submit={testAlertChannel} hidden={{ ...hidden, channel: id }} look="primary" busy={common("common.working")}>
            {t("channels.testButton")}
          </OutcomeForm>
          <ChannelSwitches
            t={t}
            busy={common("common.working")}
            channel={channel}
            hidden={hidden}
            query={query}
            submit={switchAlertChannel}
          />
        </section>
      ) : null}
      <section aria-labelledby="log" className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <h2 id="log" className="font-semibold">
          {t("channels.log")}
        </h2>
        {log.length === 0 ? (
          <p className="rounded-card border border-line bg-surface px-4 py-6 text-sm text-ink-soft">{t("channels.logNone")}</p>
        ) : (
          <ChannelLog t={t} rows={log} reading={{ locale, timeZone }} />
        )}
      </section>
    </BackFrame>
  );
}
