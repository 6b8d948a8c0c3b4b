import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { examineMessage } from "#app/(dashboard)/dashboard/developers/doctor/actions.ts";
import { modeOf, resultWords, worded } from "#app/(dashboard)/dashboard/developers/doctor/worded.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { DevelopersHead } from "#components/dashboard/developers-tabs.tsx";
import { DoctorForm, type DoctorState, type DoctorWords } from "#components/dashboard/doctor-form.tsx";
import { DoctorPicks } from "#components/dashboard/doctor-picks.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { listRefused } from "#db/queries/dashboard-inbox.ts";
import { currentLocale } from "#lib/action.ts";
import { examine } from "#lib/doctor/examine.ts";
import { readMessage } from "#lib/doctor/message.ts";
import { personalIn } from "#lib/doctor/personal.ts";
import { readHolders } from "#lib/doctor/read-holders.ts";
import { LOGGED, type Logged, type LoggedMessage, readLogged } from "#lib/doctor/read-log.ts";
import { viewOf } from "#lib/doctor/view.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "doctor")("title") };
}

/** So many of the newest refused messages are offered. */
const PICKS_MAX = 5;

interface Address {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The signature doctor: an empty form, or with `?refused=`, `?notification=`, `?exchange=`, `?delivery=` a message of the log, examined. */
export default async function DoctorPage({ searchParams }: Address) {
  const screen = await openScreen("/dashboard/developers/doctor", "edit_developers");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { locale, merchant } = screen;
  const t = translator(locale, "doctor");
  const asked = askedOf(await searchParams);
  const logged = asked && (await readLogged(db(), merchant.id, asked.kind, asked.id));
  if (asked && !logged) notFound();
  const [holders, first, refused] = await Promise.all([
    readHolders(db(), merchant.id),
    firstState(merchant.id, t, logged),
    listRefused(db(), merchant.id),
  ]);
  const picks = refused.slice(0, PICKS_MAX);
  return (
    <>
      <DevelopersHead t={translator(locale, "developers")} here="doctor" title={t("title")} lead={t("lead")} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {asked && logged ? (
          <Notice kind="hint">
            {t("fromNote", { what: t(`what.${asked.kind}`) })} {logged.cut ? t("cutNote") : ""}
          </Notice>
        ) : null}
        <DoctorForm
          submit={examineMessage}
          merchant={merchant.id}
          first={first}
          holders={holders.map(({ id, title, live }) => ({ id, word: title + modeOf(t, live) }))}
          words={wordsOf(t)}
        />
        {logged ? null : <DoctorPicks t={t} words={screen.t} picks={picks} reading={{ locale, timeZone: merchant.timeZone }} />}
      </div>
    </>
  );
}

function askedOf(search: Record<string, string | string[] | undefined>): { kind: Logged; id: string } | null {
  const kind = LOGGED.find((one) => search[one] !== undefined);
  return kind ? { kind, id: [search[kind]].flat()[0] ?? "" } : null;
}

// A logged message is examined as it was when it came; its text is put in the form where nothing personal is in it.
async function firstState(merchantId: string, t: Translator<"doctor">, logged: LoggedMessage | null): Promise<DoctorState> {
  const state: DoctorState = { text: logged?.text ?? "", holder: logged?.holderId ?? "", problem: null, result: null };
  if (!logged) return state;
  const examined = await examine(db(), merchantId, { text: logged.text, holderId: logged.holderId, at: logged.at });
  if (!examined.ok) return { ...state, problem: t(`problem.${examined.problem}`) };
  const personal = personalIn(readMessage(logged.text));
  const view = viewOf(examined.value, personal);
  // What the log does not show is not put in the form either.
  const text = personal.length > 0 ? "" : state.text;
  return { ...state, text, result: worded(t, view) };
}

function wordsOf(t: Translator<"doctor">): DoctorWords {
  return {
    ...{ text: t("form.text"), textHint: t("form.textHint"), whose: t("form.whose"), auto: t("form.auto") },
    ...{ run: t("form.run"), running: t("form.running") },
    ...resultWords(t),
  };
}
