import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { closeOrder, recheck, resend, review } from "#app/(dashboard)/dashboard/orders/[id]/actions.ts";
import { orderAddress, ownOrder } from "#app/(dashboard)/dashboard/orders/[id]/own-order.ts";
import { type OrderPageData, orderAt, readOrderPage } from "#app/(dashboard)/dashboard/orders/[id]/read-page.ts";
import { screenTitle } from "#app/(dashboard)/screen.ts";
import { AttemptsTable } from "#components/dashboard/attempts-table.tsx";
import { OrderLink, otherMetadata } from "#components/dashboard/links-order.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { OrderActions } from "#components/dashboard/order-actions.tsx";
import { OrderFlags } from "#components/dashboard/order-flags.tsx";
import { OrderHead, OrderNumbers } from "#components/dashboard/order-head.tsx";
import { OrderOutcome } from "#components/dashboard/order-outcome.tsx";
import { INSTANTS_MAX, OrderThen } from "#components/dashboard/order-then.tsx";
import { problemWords } from "#components/dashboard/problem-words.ts";
import { RefundsTable } from "#components/dashboard/refunds-table.tsx";
import { Timeline } from "#components/dashboard/timeline.tsx";
import { historyUntil, instantsOf } from "#components/dashboard/timeline-entries.ts";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Icon } from "#components/ui/icon.tsx";
import { db } from "#db/client.ts";
import { readUserNames } from "#db/queries/dashboard-order.ts";
import { HISTORY_ROWS_MAX } from "#db/queries/dashboard-timeline.ts";
import { ownLink } from "#db/queries/links.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import { CHARGES_AT_ONCE } from "#lib/domain/methods.ts";
import type { Permission } from "#lib/domain/permission.ts";
import { env } from "#lib/env.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("orders.order");

type Search = Record<string, string | string[] | undefined>;

/** One order, now or as it stood at `?at=`: amount and state first, then what can be done, then everything that happened to it. */
export default async function OrderPage(props: { params: Promise<{ id: string }>; searchParams: Promise<Search> }) {
  const [{ id }, search] = await Promise.all([props.params, props.searchParams]);
  const { user, order } = await ownOrder(id);
  const locale = await currentLocale();
  const allowed = (permission: Permission) => can(user, order.merchantId, permission);
  const now = await readOrderPage(order, { locale, staff: allowed("view_audit") });
  const instants = instantsOf(now.history).slice(-INSTANTS_MAX);
  const here = orderAddress(order.id);
  // The slider's form without JavaScript gives a step; the address then names the instant.
  if (search.step !== undefined) redirect(stepAddress(here, instants.at(Number(search.step) || 0), Number(search.step) >= instants.length));
  const wanted = momentOf(search.at);
  const past = wanted && (await orderAt(now, wanted));
  const at = past ? wanted : null;
  const shown: OrderPageData = past ? { ...past.data, history: historyUntil(now.history, wanted) } : now;
  const { attempts, refunds } = shown;
  const history = { ...shown.history, attempts: shown.attempts, refunds: shown.refunds };
  const [link, names] = await Promise.all([
    order.linkId ? ownLink(db(), order.merchantId, order.linkId) : null,
    readUserNames(
      db(),
      [...history.events.map((event) => event.actor), ...refunds.map((refund) => refund.requestedBy)].filter((one) =>
        one.startsWith("usr_"),
      ),
    ),
  ]);
  const t = translator(locale, "dashboard");
  const words = translator(locale, "order");
  const problem = translator(locale, "problem");
  const reading = { locale, timeZone: order.timeZone };
  const charging = shown.order.state === "open" && attempts.some(({ method }) => CHARGES_AT_ONCE.has(method));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <OrderHead t={t} order={shown.order} attempts={attempts} reading={reading} />
      <OrderOutcome t={t} words={words} problem={problem} search={search} refunds={refunds} events={history.events} />
      {shown.order.needsReview ? <OrderFlags t={t} words={words} events={history.events} reading={reading} /> : null}
      {at ? null : (
        <OrderActions t={t} words={words} order={order} attempts={attempts} allowed={allowed} actions={{ recheck, closeOrder, review }} />
      )}
      {charging && !at && allowed("use_counter") ? (
        <p>
          <a href={`/dashboard/counter/${order.id}`} className={BUTTON.secondary}>
            <Icon name="scan" />
            {t("order.toCounter")}
          </a>
        </p>
      ) : null}
      <OrderThen words={words} here={here} instants={instants} at={at} strange={past?.then.strange ?? []} reading={reading} />
      <AttemptsTable
        t={t}
        words={words}
        attempts={attempts.map((one) => ({
          ...one,
          problem: problemWords(problem, one.problem),
          refund: refundLeft(one, shown, words, locale, !at && (allowed("refund_order") || allowed("request_refund"))),
        }))}
        reading={reading}
      />
      {shown.order.paidAmount > 0n ? <RefundsTable t={t} refunds={refunds} names={names} reading={reading} /> : null}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-[minmax(0,1fr)_340px]">
        <section className={CARD} aria-labelledby="timeline">
          <h2 id="timeline" className="font-semibold">
            {t("order.timeline")}
          </h2>
          <p className="mb-4 text-xs text-ink-soft">
            {t("order.timelineHint", { zone: order.timeZone })} {shown.truncated ? t("order.truncated", { count: HISTORY_ROWS_MAX }) : null}
          </p>
          <Timeline
            {...{ t, words, history, names, reading, here }}
            resend={!at && allowed("edit_developers") ? { action: resend, orderId: order.id } : null}
          />
        </section>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5 max-xl:order-first">
          {link ? <OrderLink t={translator(locale, "links")} link={link} order={order} /> : null}
          <OrderNumbers
            t={t}
            order={{ ...shown.order, metadata: otherMetadata(order.metadata, link) }}
            checkout={`${env().PUBLIC_URL}/pay/${order.token}`}
            reading={reading}
          />
        </div>
      </div>
    </div>
  );
}

function momentOf(value: string | string[] | undefined): Date | null {
  const text = [value].flat()[0] ?? "";
  const at = /^\d{4}-\d\d-\d\dT[\d:.]{5,12}Z$/.test(text) ? new Date(text) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}

function stepAddress(here: string, at: Date | undefined, now: boolean): string {
  return now || !at ? here : `${here}?at=${at.toISOString()}`;
}

/** What of a paid attempt can still go back, what is on its way, and where to refund it. */
function refundLeft(
  attempt: OrderPageData["attempts"][number],
  { order, refunds }: OrderPageData,
  words: Translator<"order">,
  locale: Locale,
  may: boolean,
) {
  if (attempt.state !== "paid") return null;
  const text = (amount: bigint) => moneyText({ amount, currency: attempt.currency }, locale);
  const left = attempt.amount - attempt.refundedAmount;
  const under = refunds.filter((one) => one.attemptId === attempt.id && ["reserved", "sent", "unknown"].includes(one.state));
  const pending = under.reduce((sum, one) => sum + one.amount, 0n);
  return {
    remaining: left > 0n ? words("attempt.remaining", { amount: text(left) }) : null,
    pending: pending > 0n ? words("attempt.pending", { amount: text(pending) }) : null,
    href: may && left > 0n ? `/dashboard/orders/${order.id}/refund?attempt=${attempt.id}` : null,
    label: words("attempt.refundOf", { number: attempt.gatewayOrderNo }),
  };
}
