import type { Metadata } from "next";
import { closeOrder, recheck, review } from "#app/(dashboard)/dashboard/orders/[id]/actions.ts";
import { ownOrder } from "#app/(dashboard)/dashboard/orders/[id]/own-order.ts";
import { screenTitle } from "#app/(dashboard)/screen.ts";
import { AttemptsTable } from "#components/dashboard/attempts-table.tsx";
import { OrderLink, otherMetadata } from "#components/dashboard/links-order.tsx";
import { OrderActions } from "#components/dashboard/order-actions.tsx";
import { OrderFlags } from "#components/dashboard/order-flags.tsx";
import { OrderHead, OrderNumbers } from "#components/dashboard/order-head.tsx";
import { OrderOutcome } from "#components/dashboard/order-outcome.tsx";
import { problemWords } from "#components/dashboard/problem-words.ts";
import { RefundsTable } from "#components/dashboard/refunds-table.tsx";
import { Timeline } from "#components/dashboard/timeline.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Icon } from "#components/ui/icon.tsx";
import { db } from "#db/client.ts";
import { readAttempts, readRefunds, readUserNames } from "#db/queries/dashboard-order.ts";
import { HISTORY_ROWS_MAX, readHistory } from "#db/queries/dashboard-timeline.ts";
import { ownLink } from "#db/queries/links.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import { CHARGES_AT_ONCE } from "#lib/domain/methods.ts";
import type { Permission } from "#lib/domain/permission.ts";
import { env } from "#lib/env.ts";
import { translator } from "#lib/i18n/translator.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("orders.order");

type Search = Record<string, string | string[] | undefined>;

/** One order: amount and state first, then what can be done, then everything that happened to it. */
export default async function OrderPage(props: { params: Promise<{ id: string }>; searchParams: Promise<Search> }) {
  const [{ id }, search] = await Promise.all([props.params, props.searchParams]);
  const { user, order } = await ownOrder(id);
  const [locale, attempts, refunds, link] = await Promise.all([
    currentLocale(),
    readAttempts(db(), order.merchantId, order.id),
    readRefunds(db(), order.merchantId, order.id),
    order.linkId ? ownLink(db(), order.merchantId, order.linkId) : null,
  ]);
  const numbers = attempts.map((attempt) => attempt.gatewayOrderNo);
  const history = { ...(await readHistory(db(), order.merchantId, order.id, numbers)), attempts, refunds };
  const actors = [...history.events.map((event) => event.actor), ...refunds.map((refund) => refund.requestedBy)];
  const names = await readUserNames(
    db(),
    actors.filter((actor) => actor.startsWith("usr_")),
  );
  const t = translator(locale, "dashboard");
  const problem = translator(locale, "problem");
  const reading = { locale, timeZone: order.timeZone };
  const allowed = (permission: Permission) => can(user, order.merchantId, permission);
  const truncated = [history.events, history.exchanges, history.notifications].some((rows) => rows.length >= HISTORY_ROWS_MAX);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <OrderHead t={t} order={order} attempts={attempts} reading={reading} />
      <OrderOutcome t={t} problem={problem} search={search} refunds={refunds} />
      {order.needsReview ? <OrderFlags t={t} events={history.events} reading={reading} /> : null}
      <OrderActions t={t} order={order} attempts={attempts} allowed={allowed} actions={{ recheck, closeOrder, review }} />
      {order.state === "open" && attempts.some(({ method }) => CHARGES_AT_ONCE.has(method)) && allowed("use_counter") ? (
        <p>
          <a href={`/dashboard/counter/${order.id}`} className={BUTTON.secondary}>
            <Icon name="scan" />
            {t("order.toCounter")}
          </a>
        </p>
      ) : null}
      {link ? <OrderLink t={translator(locale, "links")} link={link} order={order} /> : null}
      <AttemptsTable t={t} attempts={attempts.map((one) => ({ ...one, problem: problemWords(problem, one.problem) }))} reading={reading} />
      {order.paidAmount > 0n ? <RefundsTable t={t} refunds={refunds} names={names} reading={reading} /> : null}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-[minmax(0,1fr)_340px]">
        <section className={CARD} aria-labelledby="timeline">
          <h2 id="timeline" className="font-semibold">
            {t("order.timeline")}
          </h2>
          <p className="mb-4 text-xs text-ink-soft">
            {t("order.timelineHint", { zone: order.timeZone })} {truncated ? t("order.truncated", { count: HISTORY_ROWS_MAX }) : null}
          </p>
          <Timeline t={t} history={history} names={names} reading={reading} />
        </section>
        <OrderNumbers
          t={t}
          order={{ ...order, metadata: otherMetadata(order.metadata, link) }}
          checkout={`${env().PUBLIC_URL}/pay/${order.token}`}
          reading={reading}
        />
      </div>
    </div>
  );
}
