import { type Reading, ShortMoment } from "#components/dashboard/moment.tsx";
import { refusalText } from "#components/dashboard/timeline-lines.tsx";
import { CARD } from "#components/ui/card.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

interface Pick {
  accountId: string;
  slot: number;
  reason: string;
  gatewayOrderNo: string | null;
  accountTitle: string;
  receivedAt: Date;
}

/** The newest messages nobody believed, each a link to its examination; and where the rest of the log is. */
export function DoctorPicks(props: { t: Translator<"doctor">; words: Translator<"dashboard">; picks: readonly Pick[]; reading: Reading }) {
  const { t, words, picks, reading } = props;
  return (
    <section aria-labelledby="picks" className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-3`}>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 id="picks" className="text-sm font-semibold">
          {t("picks.title")}
        </h2>
        <a href="/dashboard/notifications?verdict=refused" className="text-sm text-jade underline underline-offset-3">
          {t("picks.all")}
        </a>
      </div>
      {picks.length === 0 ? (
        <p className="text-sm text-ink-soft">{t("picks.none")}</p>
      ) : (
        <ul className="grid divide-y divide-line">
          {picks.map((pick) => (
            <li key={`${pick.accountId}.${pick.slot}`}>
              <a
                href={`/dashboard/developers/doctor?refused=${pick.accountId}.${pick.slot}`}
                className="group flex min-h-11 items-center gap-3 py-2 text-sm hover:bg-raised"
              >
                <span className="grid min-w-0 grow gap-0.5 sm:flex sm:flex-wrap sm:items-baseline sm:gap-x-3">
                  <span className="text-ink-soft">
                    <ShortMoment at={pick.receivedAt} reading={reading} />
                  </span>
                  <span className="font-medium">{refusalText(words, pick.reason)}</span>
                  <span className="font-mono text-xs break-all text-ink-soft">{pick.gatewayOrderNo}</span>
                  <span className="text-ink-soft">{pick.accountTitle}</span>
                </span>
                <Icon name="chevron" className="size-4 text-ink-soft group-hover:text-ink" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
