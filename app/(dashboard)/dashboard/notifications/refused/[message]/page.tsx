import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { resultWords, worded } from "#app/(dashboard)/dashboard/developers/doctor/worded.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { DoctorFinding } from "#components/dashboard/doctor-result.tsx";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { Bytes, type Check, Checks, MessageFacts } from "#components/dashboard/inbox-message.tsx";
import { Moment } from "#components/dashboard/moment.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { refusalDetail, refusalText } from "#components/dashboard/timeline-lines.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Code } from "#components/ui/code.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { db } from "#db/client.ts";
import { readAccount } from "#db/queries/dashboard-accounts.ts";
import { attemptOfNumber, readRefusedMessage } from "#db/queries/dashboard-inbox.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import { examine } from "#lib/doctor/examine.ts";
import { maskedText } from "#lib/doctor/masked-text.ts";
import { readMessage } from "#lib/doctor/message.ts";
import { personalIn } from "#lib/doctor/personal.ts";
import { type LoggedMessage, readLogged } from "#lib/doctor/read-log.ts";
import { viewOf } from "#lib/doctor/view.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "inbox")("oneRefused") };
}

const PLACE = /^([\w-]{1,64})\.(\d{1,4})\.(\d{1,14})$/;

/** One message that was not believed: why, the exact bytes, and what of its signature does not fit. */
export default async function RefusedPage({ params }: { params: Promise<{ message: string }> }) {
  const { message } = await params;
  const screen = await openScreen(`/dashboard/notifications/refused/${encodeURIComponent(message)}`, "view_notifications");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, locale, user } = screen;
  const [, accountId = "", slot = "", at = ""] = PLACE.exec(message) ?? notFound();
  const row = await readRefusedMessage(db(), merchant.id, { accountId, slot: Number(slot), receivedAt: new Date(Number(at)) });
  const words = translator(locale, "inbox");
  const list = "/dashboard/notifications?verdict=refused";
  // The account's ring has gone on to newer messages. Of another's account there never was one.
  if (!row && !(await readAccount(db(), merchant.id, accountId))) notFound();
  if (!row) return <Empty level={1} title={words("gone.title")} text={words("gone.text")} next={[{ href: list, word: words("back") }]} />;
  const [logged, attempt] = await Promise.all([
    readLogged(db(), merchant.id, "refused", `${accountId}.${slot}`),
    row.gatewayOrderNo === null ? null : attemptOfNumber(db(), merchant.id, row.gatewayOrderNo),
  ]);
  const signature = row.reason === "bad_signature" || row.reason === "missing_signature";
  const examines = can(user, merchant.id, "edit_developers");
  const copy = (what: string) => ({ label: t("common.copy", { what }), done: t("common.copied") });
  return (
    <BackFrame href={list} back={words("back")} title={words("refused.title", { reason: refusalText(t, row.reason) })}>
      <MessageFacts
        facts={[
          [words("facts.says"), words("says.unproven")],
          [words("facts.received"), <Moment key="at" at={row.receivedAt} reading={{ locale, timeZone: merchant.timeZone }} />],
          [words("facts.account"), row.accountTitle],
          [
            words("facts.number"),
            row.gatewayOrderNo === null ? (
              t("common.unavailable")
            ) : (
              <Code key="number" text={row.gatewayOrderNo} keep={8} copy={copy(words("facts.number"))} />
            ),
          ],
        ]}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-2">
        <Checks words={words} checks={checksOf(words, row)} decision={words("why.refused")} />
        <section className={`${CARD} grid content-start gap-3`} aria-labelledby="next">
          <h2 id="next" className="font-semibold">
            {words("refused.next")}
          </h2>
          <p className="text-sm">{words(row.reason === "bad_signature" ? "refused.do_bad_signature" : "refused.do_other")}</p>
          {attempt ? (
            <>
              <p className="text-sm text-ink-soft">{words("refused.claims")}</p>
              <a href={`/dashboard/orders/${attempt.orderId}`} className={`${BUTTON.secondary} justify-self-start`}>
                {words("refused.recheck")}
              </a>
            </>
          ) : null}
        </section>
      </div>
      {signature && logged ? (
        <section className="grid grid-cols-[minmax(0,1fr)] gap-3" aria-labelledby="doctor">
          <h2 id="doctor" className="font-semibold">
            {words("refused.doctor")}
          </h2>
          {examines ? (
            <>
              {await explained(merchant.id, logged, words, translator(locale, "doctor"))}
              <a href={`/dashboard/developers/doctor?refused=${accountId}.${slot}`} className={`${BUTTON.secondary} justify-self-start`}>
                {words("refused.toDoctor")}
              </a>
            </>
          ) : (
            <p className="text-sm text-ink-soft">{words("refused.ask")}</p>
          )}
        </section>
      ) : null}
      {logged ? (
        <Bytes words={words} copy={copy(words("bytes.title"))} text={maskedText(logged.text)} cut={logged.cut} fields={null} />
      ) : null}
    </BackFrame>
  );
}

async function explained(merchantId: string, logged: LoggedMessage, words: Translator<"inbox">, doctor: Translator<"doctor">) {
  const examined = await examine(db(), merchantId, { text: logged.text, holderId: logged.holderId, at: logged.at });
  if (!examined.ok) return <p className="text-sm text-ink-soft">{words("refused.unsaid")}</p>;
  const view = viewOf(examined.value, personalIn(readMessage(logged.text)));
  return <DoctorFinding result={worded(doctor, view)} words={resultWords(doctor)} />;
}

// Which check it failed at: the later ones were not reached.
function checksOf(words: Translator<"inbox">, row: { reason: string; detail: string; accountTitle: string }): Check[] {
  const signature = row.reason === "bad_signature" || row.reason === "missing_signature";
  const later = [words("checks.about"), words("checks.number"), words("checks.amount")];
  return [
    { title: words("checks.form"), passed: signature, detail: refusalDetail(row) },
    { title: words("checks.signature", { account: row.accountTitle }), passed: signature ? false : null, detail: null },
    ...later.map((title) => ({ title, passed: null, detail: null })),
  ];
}
