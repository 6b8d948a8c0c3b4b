import { Fold, Raw } from "#components/dashboard/fold.tsx";
import { type Reading, ShortMoment, zoneText } from "#components/dashboard/moment.tsx";
import { methodText } from "#components/dashboard/states.tsx";
import { CARD } from "#components/ui/card.ts";
import { Badge, Dot, type Tone } from "#components/ui/dot.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { Submit } from "#components/ui/submit.tsx";
import { TABLE } from "#components/ui/table.ts";
import { type ChannelState, channelState, type Troubled } from "#lib/domain/channel.ts";
import { isMethod } from "#lib/domain/methods.ts";
import { formatClock } from "#lib/i18n/format.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"dashboard">;

/** How an account has been working (db/queries/account-health.ts). */
export interface Health {
  accountId: string;
  troubles: readonly (Troubled & { scope: string; cause: string; now: Date })[];
  calls: { count: number; answered: number; p50: number | null; p95: number | null };
  tries: { paid: number; ended: number };
}

const TONES = { up: "wait", half_open: "wait", down: "bad" } as const satisfies Record<ChannelState, Tone>;

/** In a list: nothing while all is well, else how bad it is. */
export function HealthBadge({ t, health }: { t: T; health: Health | undefined }) {
  const states = health?.troubles.map((trouble) => channelState(trouble, trouble.now)) ?? [];
  const worst = (["down", "half_open"] as const).find((state) => states.includes(state));
  return worst ? <Badge tone={TONES[worst]}>{t(`accounts.channel_${worst}`)}</Badge> : null;
}

/** A share in the reader's manner; a dash where there is nothing to share. */
export function shareText(part: number, whole: number, locale: string): string {
  if (whole === 0) return "–";
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(part / whole);
}

interface Props {
  t: T;
  reading: Reading;
  health: Health;
  hidden: { merchant: string; account: string };
  resume: (form: FormData) => Promise<void>;
  callsMax: number;
}

/** An account's health: what is paused or failing and why, how its calls went in a day and its payments in a week. */
export function AccountHealth({ t, reading, health, hidden, resume, callsMax }: Props) {
  const { calls, tries, troubles } = health;
  const ms = (value: number | null) => (value === null ? "–" : t("accounts.ms", { ms: value }));
  const figures = [
    [t(calls.count >= callsMax ? "accounts.callsMany" : "accounts.calls"), String(calls.count)],
    [t("accounts.answered"), shareText(calls.answered, calls.count, reading.locale)],
    [t("accounts.p50"), ms(calls.p50)],
    [t("accounts.p95"), ms(calls.p95)],
    [t("accounts.paidWeek"), shareText(tries.paid, tries.ended, reading.locale)],
  ];
  return (
    <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`} aria-labelledby="account-health">
      <h2 id="account-health" className="font-semibold">
        {t("accounts.health")}
      </h2>
      {troubles.length === 0 ? <Dot tone="good">{t("accounts.healthy")}</Dot> : null}
      {troubles.length > 0 ? (
        <form action={resume} className="grid gap-3">
          {Object.entries(hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <ul className="grid gap-2">
            {troubles.map((trouble) => (
              <Trouble key={trouble.scope} t={t} reading={reading} trouble={trouble} />
            ))}
          </ul>
          <p className="text-xs text-ink-soft">{t("accounts.resumeHint")}</p>
          <div>
            <Submit look="secondary" busy={t("common.working")}>
              {t("accounts.resume")}
            </Submit>
          </div>
        </form>
      ) : null}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-5">
        {figures.map(([name, value]) => (
          <div key={name} className="flex flex-col-reverse justify-end">
            <dt className="text-xs text-ink-soft">{name}</dt>
            <dd className="text-lg font-semibold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Trouble({ t, reading, trouble }: { t: T; reading: Reading; trouble: Health["troubles"][number] }) {
  const state = channelState(trouble, trouble.now);
  const cause = `accounts.cause_${trouble.cause}` as "accounts.cause_unreachable";
  return (
    <li className="grid gap-0.5">
      <Dot tone={TONES[state]}>
        <span className="whitespace-normal">
          {isMethod(trouble.scope) ? methodText(t, trouble.scope) : t("accounts.wholeAccount")}:{" "}
          {state === "down" && trouble.downUntil
            ? t("accounts.pausedUntil", { time: formatClock(trouble.downUntil, reading.locale, reading.timeZone) })
            : t(state === "half_open" ? "accounts.halfOpen" : "accounts.failing", { count: trouble.failures })}
        </span>
      </Dot>
      <span className="pl-4 text-xs text-ink-soft">{t.has(cause) ? t(cause) : trouble.cause}</span>
    </li>
  );
}

interface Call {
  id: string;
  operation: string;
  method: string;
  url: string;
  requestBody: string;
  status: number | null;
  responseBody: string;
  error: string | null;
  durationMs: number;
  startedAt: Date;
}

/** An account's newest calls with what was sent and what came back: also where a trial call is looked at. */
export function AccountCalls({ t, reading, calls }: { t: T; reading: Reading; calls: readonly Call[] }) {
  if (calls.length === 0) return null;
  return (
    <section aria-labelledby="calls" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="calls" className="scroll-mt-4 font-semibold">
        {t("accounts.latestCalls")}
      </h2>
      <Scroll label={t("accounts.latestCalls")}>
        <table className={TABLE.table}>
          <thead className={TABLE.head}>
            <tr>
              <th scope="col" className={TABLE.th}>
                {zoneText(t("accounts.at"), reading)}
              </th>
              <th scope="col" className={`${TABLE.th} w-full`}>
                {t("accounts.operation")}
              </th>
              <th scope="col" className={TABLE.th}>
                {t("accounts.answer")}
              </th>
              <th scope="col" className={TABLE.thNumber}>
                {t("accounts.took")}
              </th>
            </tr>
          </thead>
          <tbody>
            {calls.map((call) => (
              <tr key={call.id} className={TABLE.row}>
                <td className={`${TABLE.td} align-top`}>
                  <ShortMoment at={call.startedAt} reading={reading} />
                </td>
                <td className={TABLE.td}>
                  <span lang="en">{call.operation}</span>
                  <Fold title={t("accounts.bytes")}>
                    <Raw label={t("accounts.sent")} text={`${call.method} ${call.url}\n\n${call.requestBody}`} />
                    <Raw label={t("accounts.received")} text={call.responseBody || (call.error ?? "")} />
                  </Fold>
                </td>
                <td className={`${TABLE.td} align-top whitespace-nowrap`}>
                  <Dot tone={call.status !== null && call.status < 400 ? "good" : "bad"}>{call.status ?? call.error ?? "–"}</Dot>
                </td>
                <td className={`${TABLE.tdNumber} align-top`}>{t("accounts.ms", { ms: call.durationMs })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
