import type { Metadata } from "next";
import { endOtherSessions, endOwnSession, renewCodes, switchOff } from "#app/(dashboard)/dashboard/security/actions.ts";
import { chosen } from "#app/(dashboard)/screen.ts";
import { ScreenHead } from "#components/dashboard/chips.tsx";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { codesWords } from "#components/dashboard/recovery-codes-words.ts";
import { SecuritySessions } from "#components/dashboard/security-sessions.tsx";
import { SecuritySignIns } from "#components/dashboard/security-sign-ins.tsx";
import { SecurityTwoStep } from "#components/dashboard/security-two-step.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Badge } from "#components/ui/dot.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { readOwnSessions, readSignIns } from "#db/queries/dashboard-sessions.ts";
import { readTwoStep } from "#db/queries/two-step.ts";
import { currentLocale } from "#lib/action.ts";
import { merchantsOf, requireUser } from "#lib/auth.ts";
import { formatMoment } from "#lib/i18n/format.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "safety")("title") };
}

/** Sign-ins shown; twice as many are kept. */
const SIGN_INS = 20;
const SAID = {
  password: { kind: "done", word: "password.changed" },
  off: { kind: "done", word: "twoStep.turnedOff" },
  ended: { kind: "done", word: "sessions.ended" },
  ended_all: { kind: "done", word: "sessions.endedAll" },
  gone: { kind: "hint", word: "sessions.gone" },
  refused: { kind: "problem", word: "problem.origin" },
} as const;

/** A person's own safety, whatever their role: password, second step, sessions, last sign-ins. */
export default async function SecurityPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const user = await requireUser("/dashboard/security");
  const [locale, merchants, { said = "" }] = await Promise.all([currentLocale(), merchantsOf(user), searchParams]);
  const [merchant, standing, sessions, signIns] = await Promise.all([
    chosen(merchants),
    readTwoStep(db(), user.id),
    readOwnSessions(db(), user.id),
    readSignIns(db(), user.id, SIGN_INS),
  ]);
  const t = translator(locale, "safety");
  const reading = { locale, timeZone: merchant?.timeZone ?? "UTC" };
  const notice = Object.hasOwn(SAID, said) ? SAID[said as keyof typeof SAID] : null;
  return (
    <div className="mx-auto max-w-3xl">
      <ScreenHead title={t("title")} lead={t("lead")} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        {notice ? <Notice kind={notice.kind}>{t(notice.word)}</Notice> : null}
        <section className={`${CARD} flex flex-wrap items-center justify-between gap-4`} aria-labelledby="password">
          <div className="grid gap-1">
            <h2 id="password" className="font-semibold">
              {t("password.title")}
            </h2>
            <p className="text-sm text-ink-soft">{t("password.text")}</p>
          </div>
          <a href="/change-password" className={BUTTON.secondary}>
            {t("password.change")}
          </a>
        </section>
        <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`} aria-labelledby="two-step">
          <h2 id="two-step" className="flex items-center gap-2 font-semibold">
            {t("twoStep.title")}
            <Badge tone={standing.onSince ? "good" : "wait"}>{t(standing.onSince ? "twoStep.on" : "twoStep.off")}</Badge>
          </h2>
          <SecurityTwoStep
            t={t}
            onSince={standing.onSince && formatMoment(standing.onSince, locale, reading.timeZone)}
            codesLeft={standing.codesLeft}
            askedBy={user.twoStepAskedBy}
            confirm={confirmView(user, locale)}
            codes={codesWords(locale, user.email)}
            actions={{ renewCodes, switchOff }}
          />
        </section>
        <section className={`${CARD} grid grid-cols-[minmax(0,1fr)] gap-4`} aria-labelledby="sessions">
          <div className="grid gap-1">
            <h2 id="sessions" className="font-semibold">
              {t("sessions.title")}
            </h2>
            <p className="text-sm text-ink-soft">{t("sessions.lead")}</p>
          </div>
          <SecuritySessions t={t} rows={sessions} here={user.sessionId} reading={reading} end={endOwnSession} endAll={endOtherSessions} />
        </section>
        <section className="grid grid-cols-[minmax(0,1fr)] gap-3" aria-labelledby="sign-ins">
          <div className="grid gap-1">
            <h2 id="sign-ins" className="font-semibold">
              {t("signIns.title")}
            </h2>
            <p className="text-sm text-ink-soft">{t("signIns.lead")}</p>
          </div>
          <SecuritySignIns t={t} rows={signIns} reading={reading} />
        </section>
      </div>
    </div>
  );
}
