import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Decide } from "#app/(dashboard)/dashboard/notifications/[id]/decide.tsx";
import { saidText, whyText } from "#app/(dashboard)/dashboard/notifications/words.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { Bytes, type Check, Checks, Later, MessageFacts } from "#components/dashboard/inbox-message.tsx";
import { Moment } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { VerdictDot } from "#components/dashboard/states.tsx";
import { CARD } from "#components/ui/card.ts";
import { Code } from "#components/ui/code.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { attemptOfNumber } from "#db/queries/dashboard-inbox.ts";
import { readUserNames } from "#db/queries/dashboard-order.ts";
import type { MatchRow } from "#db/queries/notifications.ts";
import { payoutOfNumber } from "#db/queries/payouts.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import { maskedText } from "#lib/doctor/masked-text.ts";
import { readLogged } from "#lib/doctor/read-log.ts";
import type { Money } from "#lib/domain/money.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { type Foresight, foresee } from "#lib/payments/foresee-notification.ts";
import { type Reopened, reopenNotification } from "#lib/payments/reopen-notification.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "inbox")("one") };
}

interface Address {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One verified notification: what it says, how it was checked, what was decided and why, and what a person may do about it. */
export default async function NotificationPage({ params, searchParams }: Address) {
  const [{ id }, search] = await Promise.all([params, searchParams]);
  const screen = await openScreen(`/dashboard/notifications/${encodeURIComponent(id)}`, "view_notifications");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, locale, user } = screen;
  const found = /^[\w-]{1,64}$/.test(id) ? await reopenNotification(db(), merchant.id, id) : null;
  if (!found) notFound();
  const { row, account, reading, matches } = found;
  const words = translator(locale, "inbox");
  const times = { locale, timeZone: merchant.timeZone };
  const [ahead, attempt, payout, logged, names] = await Promise.all([
    foresee(db(), found),
    attemptOfNumber(db(), merchant.id, row.gatewayOrderNo),
    reading.kind === "payout" ? payoutOfNumber(db(), row.accountId, reading.notification.payoutNo) : null,
    readLogged(db(), merchant.id, "notification", id),
    readUserNames(
      db(),
      matches.map((one) => one.by),
    ),
  ]);
  const standing = reading.kind === "verified" ? reading.notification.standing : null;
  const said = standing && (standing.kind === "paid" || standing.kind === "refunded") ? standing.amount : null;
  const money = (amount: Money) => moneyText({ amount: amount.minor, currency: amount.currency }, locale);
  const orderId = matches.findLast((one) => one.orderId !== null)?.orderId ?? row.orderId;
  const last = matches.at(-1);
  const lost = row.verdict === "orphan" && orderId === null;
  const orphan = lost && reading.kind !== "payout";
  // A payout's notice with a payout to go to waits for nobody.
  const waiting =
    orphan || (lost && !payout && matches.length === 0) || (row.verdict === "mismatch" && !matches.some((one) => one.reason !== null));
  return (
    <BackFrame href="/dashboard/notifications" back={words("back")} title={`${words("one")} · ${t(`verdict.${row.verdict}`)}`}>
      {search.said === "1" && last?.reason ? (
        <Notice kind={last.verdict === "mismatch" || last.verdict === "queried" ? "hint" : "done"}>
          {saidText(words, row.verdict, last)}
        </Notice>
      ) : null}
      <MessageFacts
        facts={[
          [words("facts.says"), saysText(words, found, money)],
          [words("facts.received"), <Moment key="at" at={row.receivedAt} reading={times} />],
          [
            words("facts.number"),
            <Code
              key="number"
              text={row.gatewayOrderNo}
              keep={8}
              copy={{ label: t("common.copy", { what: words("facts.number") }), done: t("common.copied") }}
            />,
          ],
          payout && can(user, merchant.id, "view_payouts")
            ? payoutFact(words, t, payout.id)
            : [
                words("facts.order"),
                orderId ? (
                  <a key="order" href={`/dashboard/orders/${orderId}`} className="break-all text-jade underline underline-offset-3">
                    {attempt?.orderId === orderId ? attempt.reference : t("common.open")}
                  </a>
                ) : (
                  words("facts.noOrder")
                ),
              ],
        ]}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-2">
        <Checks
          words={words}
          checks={checksOf(words, found, { ...ahead, payout: payout !== null }, account?.title ?? row.accountId, said, money)}
          decision={whyText(words, row.why)}
        />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <section className={`${CARD} grid gap-1`} aria-labelledby="now">
            <h2 id="now" className="font-semibold">
              {words("now.title")}
            </h2>
            <p className="flex flex-wrap items-center gap-2 text-sm">
              {ahead.would === "unknown" || ahead.would === "payout" ? null : <VerdictDot t={t} verdict={ahead.would} />}
              <span>{words(ahead.would === "payout" && !payout ? "now.payoutUnknown" : `now.${ahead.would}`)}</span>
            </p>
          </section>
          <Later words={words} reading={times} lines={matches.map((one) => laterLine(words, t, names, row.verdict, one))} />
        </div>
      </div>
      {can(user, merchant.id, "resolve_notifications") ? (
        <Decide screen={screen} words={words} found={found} said={said} orphan={orphan} waiting={waiting} find={findOf(search.find)} />
      ) : waiting ? (
        <Notice kind="hint">{words("decide.who")}</Notice>
      ) : null}
      {logged ? (
        <Bytes
          words={words}
          copy={{ label: t("common.copy", { what: words("bytes.title") }), done: t("common.copied") }}
          text={maskedText(logged.text)}
          cut={false}
          fields={row.fields}
        />
      ) : null}
    </BackFrame>
  );
}

function payoutFact(words: Translator<"inbox">, t: Translator<"dashboard">, id: string): [string, React.ReactNode] {
  const link = (
    <a key="payout" href={`/dashboard/payouts/${encodeURIComponent(id)}`} className="text-jade underline underline-offset-3">
      {t("common.open")}
    </a>
  );
  return [words("facts.payout"), link];
}

function findOf(value: string | string[] | undefined): string {
  return ([value].flat()[0] ?? "").replaceAll("\0", "").trim().slice(0, 128);
}

function saysText(words: Translator<"inbox">, { reading }: Reopened, money: (amount: Money) => string): string {
  if (reading.kind === "payout") return words("says.payout");
  if (reading.kind !== "verified") return words("says.unread");
  const { standing } = reading.notification;
  const amount = "amount" in standing ? money(standing.amount) : "";
  return words(`says.${standing.kind}`, { amount });
}

function checksOf(
  words: Translator<"inbox">,
  { row, reading }: Reopened,
  { expected, payout }: Foresight & { payout: boolean },
  account: string,
  said: Money | null,
  money: (amount: Money) => string,
): Check[] {
  const verified = reading.kind === "verified" ? reading.notification : null;
  const proven = reading.kind === "verified" || reading.kind === "payout" ? reading.notification : null;
  const about = proven && proven.conflict === undefined;
  const known = row.verdict !== "orphan" || expected !== null || payout;
  const amounts = said && expected ? words("checks.amounts", { got: money(said), expected: money(expected) }) : null;
  const again = reading.kind === "verified" || reading.kind === "payout" ? "again" : reading.kind;
  return [
    { title: words("checks.form"), passed: true, detail: null },
    { title: words("checks.signature", { account }), passed: reading.kind !== "changed", detail: words(`checks.${again}`) },
    { title: words("checks.about"), passed: about, detail: proven?.conflict ?? null },
    { title: words("checks.number"), passed: about ? known : null, detail: null },
    {
      title: words("checks.amount"),
      passed: said && expected && about ? said.minor === expected.minor && said.currency === expected.currency : null,
      detail: verified?.settles === "query" ? [amounts, words("checks.hint")].filter(Boolean).join(" ") : amounts,
    },
  ];
}

function laterLine(
  words: Translator<"inbox">,
  t: Translator<"dashboard">,
  names: ReadonlyMap<string, string>,
  verdict: MatchRow["verdict"],
  match: MatchRow,
) {
  const own = match.by === "gateway" || match.by === "sweep" ? match.by : null;
  const aside = match.reason !== null && match.verdict === verdict;
  const title = own
    ? words(`later.${own}`)
    : aside && verdict === "orphan"
      ? words("later.aside")
      : aside && verdict === "mismatch"
        ? words("later.decided")
        : t(`verdict.${match.verdict}`);
  return {
    ...{ at: match.at, title, reason: match.reason, orderId: match.orderId },
    by: own ? t(`actor.${own}`) : words("later.by", { name: names.get(match.by) ?? match.by }),
  };
}
