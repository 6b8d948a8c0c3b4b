import type { Reading } from "#components/dashboard/moment.tsx";
import { Badge } from "#components/ui/dot.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Submit } from "#components/ui/submit.tsx";
import { deviceOf } from "#lib/domain/device.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"safety">;

/** A working session of the person who looks. */
export interface SessionRow {
  id: string;
  userAgent: string;
  ip: string;
  createdAt: Date;
  lastSeenAt: Date;
}

interface Props {
  t: T;
  rows: readonly SessionRow[];
  /** The session that looks: it is ended by signing out. */
  here: string;
  reading: Reading;
  end: (form: FormData) => Promise<void>;
  endAll: (form: FormData) => Promise<void>;
}

/** Where a person is signed in; each but the one that looks can be ended. */
export function SecuritySessions({ t, rows, here, reading, end, endAll }: Props) {
  const moment = (at: Date) => formatMoment(at, reading.locale, reading.timeZone);
  return (
    <>
      <ul className="divide-y divide-line">
        {rows.map((row) => {
          const device = deviceText(t, row.userAgent);
          return (
            <li key={row.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
              <div className="grid min-w-0 flex-1 gap-0.5">
                <div className="flex flex-wrap items-center gap-2 font-medium">
                  <span title={row.userAgent}>{device}</span>
                  {row.id === here ? <Badge tone="good">{t("sessions.thisOne")}</Badge> : null}
                </div>
                <div className="text-xs text-ink-soft">
                  <span className="font-mono">{row.ip}</span> · {t("sessions.seen", { at: moment(row.lastSeenAt) })}
                </div>
                <div className="text-xs text-ink-soft">{t("sessions.since", { at: moment(row.createdAt) })}</div>
              </div>
              {row.id === here ? null : (
                <form action={end} aria-label={t("sessions.endNamed", { device, ip: row.ip })}>
                  <input type="hidden" name="session" value={row.id} />
                  <Submit look="secondary" busy={t("busy")}>
                    {t("sessions.end")}
                  </Submit>
                </form>
              )}
            </li>
          );
        })}
      </ul>
      {rows.length > 1 ? (
        <form action={endAll} className="border-t border-line pt-4">
          <Submit look="secondary" busy={t("busy")}>
            <Icon name="out" className="size-4" />
            {t("sessions.endAll")}
          </Submit>
        </form>
      ) : (
        <p className="border-t border-line pt-4 text-sm text-ink-soft">{t("sessions.only")}</p>
      )}
    </>
  );
}

/** A device in words: "Chrome on Windows". */
export function deviceText(t: T, userAgent: string): string {
  const { browser, system } = deviceOf(userAgent);
  if (browser && system) return t("device.both", { browser, system });
  return browser ?? system ?? t("device.unknown");
}
