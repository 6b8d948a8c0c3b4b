import { Moment, type Reading } from "#components/dashboard/moment.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Badge } from "#components/ui/dot.tsx";
import { Submit } from "#components/ui/submit.tsx";
import type { AlertRow } from "#db/queries/alerts.ts";
import { ALERT_KINDS, alertHref } from "#lib/domain/alert.ts";
import { alertLine } from "#lib/i18n/alert-words.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"alerts">;

interface Props {
  t: T;
  rows: readonly AlertRow[];
  reading: Reading;
  busy: string;
  /** Null for somebody who may only look. */
  close: { submit: (form: FormData) => Promise<void>; hidden: Record<string, string> } | null;
}

/** What needs a person now, each with what it is about, what to do, and the way there. */
export function OpenAlerts({ t, rows, reading, busy, close }: Props) {
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line rounded-card border border-line bg-surface">
      {rows.map((row) => {
        const { urgent, closable } = ALERT_KINDS[row.kind];
        const about = alertLine(t, row, reading.locale);
        return (
          <li key={row.id} className="grid gap-x-6 gap-y-3 p-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-start">
            <div className="grid min-w-0 gap-1">
              <h3 className="flex flex-wrap items-center gap-2 font-medium">
                <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${urgent ? "bg-red" : "bg-amber"}`} />
                {t(`kinds.${row.kind}.name`)}
                {urgent ? <Badge tone="bad">{t("screen.urgent")}</Badge> : null}
                {row.live === false ? <Badge tone="quiet">{t("screen.test")}</Badge> : null}
              </h3>
              {about ? <p className="text-sm break-words">{about}</p> : null}
              <p className="max-w-prose text-sm text-ink-soft">
                {t(`kinds.${row.kind}.what`)} {t(`kinds.${row.kind}.todo`)}
              </p>
              <p className="text-xs text-ink-soft">
                {t("screen.since")} <Moment at={row.openedAt} reading={reading} /> · {t(row.told > 0 ? "screen.toldYes" : "screen.toldNo")}
              </p>
            </div>
            <div className="flex flex-wrap gap-2">
              <a href={alertHref(row.kind, row.facts)} className={BUTTON.secondary}>
                {t("screen.go")}
              </a>
              {close && closable ? (
                <form action={close.submit} aria-label={t("screen.closeLabel", { kind: t(`kinds.${row.kind}.name`), about })}>
                  {Object.entries({ ...close.hidden, alert: row.id }).map(([name, value]) => (
                    <input key={name} type="hidden" name={name} value={value} />
                  ))}
                  <Submit look="quiet" busy={busy}>
                    {t("screen.close")}
                  </Submit>
                </form>
              ) : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
