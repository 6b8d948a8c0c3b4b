import type { Metadata } from "next";
import { discardJob, retryJob } from "#app/(dashboard)/dashboard/system/actions.ts";
import { openPlatformScreen } from "#app/(dashboard)/screen.ts";
import { ScreenHead } from "#components/dashboard/chips.tsx";
import { PlatformRefusal } from "#components/dashboard/refusal.tsx";
import { FailedJobs } from "#components/dashboard/system-failed-jobs.tsx";
import { SystemHealth } from "#components/dashboard/system-health.tsx";
import { QueuesTable, SystemBacklog } from "#components/dashboard/system-queues.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { BACKLOG_MAX, listFailedJobs, readBacklog, readQueues } from "#db/queries/system.ts";
import { currentLocale } from "#lib/action.ts";
import { sandboxOn } from "#lib/env.ts";
import { formatClock } from "#lib/i18n/format.ts";
import { translator } from "#lib/i18n/translator.ts";
import { QUEUES } from "#lib/jobs/queues.ts";
import { mailServer } from "#lib/mail.ts";
import { CLOCK_APART_MS, DISK_LOW_BYTES, readSystem } from "#lib/system.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "system")("title") };
}

const FAILED_ROWS = 50;
const EVERY_SECONDS = 30;
const SAID = { retry: "done", discard: "done", gone: "hint", refused: "problem" } as const;

/** How this installation stands: what it runs on, what its queues hold, what is late. Drawn once; asked for, again every half minute. */
export default async function SystemPage({ searchParams }: { searchParams: Promise<{ said?: string; every?: string }> }) {
  const screen = await openPlatformScreen("/dashboard/system");
  if (screen.kind !== "ok") return <PlatformRefusal t={screen.t} />;
  const t = translator(screen.locale, "system");
  const { said, every } = await searchParams;
  const queues = Object.keys(QUEUES);
  const [facts, figures, failed, backlog, mail] = await Promise.all([
    readSystem(),
    readQueues(db(), queues),
    listFailedJobs(db(), queues, FAILED_ROWS),
    readBacklog(db()),
    // A key that does not open the stored settings is a finding of its own, not the end of the page.
    mailServer().catch(() => "unreadable" as const),
  ]);
  const reading = { locale: screen.locale, timeZone: screen.merchant?.timeZone ?? "UTC" };
  const again = every === "30";
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      {again ? <meta httpEquiv="refresh" content={String(EVERY_SECONDS)} /> : null}
      <ScreenHead title={t("title")} lead={t("lead", { time: formatClock(new Date(), reading.locale, reading.timeZone) })}>
        <p className="flex flex-wrap gap-2">
          <a href={again ? "/dashboard/system?every=30" : "/dashboard/system"} className={BUTTON.secondary}>
            {t("refresh")}
          </a>
          <a href={again ? "/dashboard/system" : "/dashboard/system?every=30"} className={BUTTON.quiet}>
            {again ? t("stop") : t("every", { seconds: EVERY_SECONDS })}
          </a>
        </p>
      </ScreenHead>
      {said && Object.hasOwn(SAID, said) ? (
        <Notice kind={SAID[said as keyof typeof SAID]}>{t(`said_${said as keyof typeof SAID}`)}</Notice>
      ) : null}
      <SystemHealth
        t={t}
        reading={reading}
        facts={facts}
        limits={{ clockMs: CLOCK_APART_MS, diskBytes: DISK_LOW_BYTES }}
        sandbox={sandboxOn()}
        mail={mail === "unreadable" ? mail : (mail?.from ?? null)}
      />
      <SystemBacklog t={t} backlog={backlog} max={BACKLOG_MAX} />
      <QueuesTable t={t} figures={figures} max={BACKLOG_MAX} />
      <FailedJobs t={t} reading={reading} jobs={failed} most={FAILED_ROWS} retry={retryJob} discard={discardJob} />
    </div>
  );
}
