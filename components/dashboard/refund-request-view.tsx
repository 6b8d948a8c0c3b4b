import { Moment, type Reading } from "#components/dashboard/moment.tsx";
import { LargeMoney, moneyText } from "#components/dashboard/money.tsx";
import { RequestStateDot } from "#components/dashboard/states.tsx";
import { CARD } from "#components/ui/card.ts";
import { Badge } from "#components/ui/dot.tsx";
import type { RequestCause, RequestState } from "#lib/domain/refund-request.ts";
import type { Translator } from "#lib/i18n/translator.ts";

export interface RequestFacts {
  id: string;
  orderId: string;
  state: RequestState;
  cause: RequestCause;
  amount: bigint;
  currency: string;
  reason: string;
  note: string | null;
  createdAt: Date;
}

interface Props {
  t: Translator<"refunds">;
  request: RequestFacts;
  reading: Reading;
  /** Who asked. */
  maker: string;
}

/** Amount and state large, then who asks and why. */
export function RequestHead({ t, request, reading, maker, test }: Props & { test: string | null }) {
  return (
    <header className="grid gap-1.5">
      <h1 className="text-sm text-ink-soft">{t("one")}</h1>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <LargeMoney row={request} locale={reading.locale} />
        <span className="text-lg font-medium">
          <RequestStateDot t={t} state={request.state} />
        </span>
        {test ? <Badge tone="quiet">{test}</Badge> : null}
      </div>
      <p className="max-w-prose text-base break-words">{request.reason}</p>
      <p className="text-ink-soft">
        {maker} · <Moment at={request.createdAt} reading={reading} />
      </p>
    </header>
  );
}

export interface RequestOrder {
  reference: string;
  title: string;
  /** Method and account it was paid by. */
  paidBy: string;
  manual: boolean;
  paid: bigint;
  refunded: bigint;
  /** What waits in other requests of the payment. */
  alsoWaiting: bigint;
}

/** What the decision is about: the order, what of its payment is left, and what would be left after. */
export function RequestAbout({ t, request, reading, order }: Omit<Props, "maker"> & { order: RequestOrder }) {
  const money = (amount: bigint) => moneyText({ amount, currency: request.currency }, reading.locale);
  const left = order.paid - order.refunded;
  const afterwards = left - request.amount;
  return (
    <section className={CARD} aria-labelledby="facts">
      <h2 id="facts" className="mb-3 font-semibold">
        {t("facts")}
      </h2>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
        <Row label={t("order")} wide>
          <a
            href={`/dashboard/orders/${request.orderId}`}
            className="inline-flex min-h-11 items-center text-jade underline underline-offset-3 sm:min-h-0"
          >
            {order.reference}
          </a>{" "}
          <span className="text-ink-soft">{order.title}</span>
        </Row>
        <Row label={t("paidBy")} wide>
          {order.paidBy}
        </Row>
        <Row label={t("paid")}>{money(order.paid)}</Row>
        <Row label={t("refunded")}>{money(order.refunded)}</Row>
        <Row label={t("left")}>{money(left)}</Row>
        {request.state === "requested" && afterwards >= 0n ? <Row label={t("afterwards")}>{money(afterwards)}</Row> : null}
        {order.alsoWaiting > 0n ? <Row label={t("alsoWaiting")}>{money(order.alsoWaiting)}</Row> : null}
        <Row label={t("why")} wide>
          {t(`cause_${request.cause}`)}
        </Row>
        {request.note ? (
          <Row label={t("note")} wide>
            {request.note}
          </Row>
        ) : null}
      </dl>
      {order.manual ? <p className="mt-3 text-sm text-ink-soft">{t("manual")}</p> : null}
    </section>
  );
}

function Row({ label, wide, children }: { label: string; wide?: boolean; children: React.ReactNode }) {
  return (
    <div className={`min-w-0 ${wide ? "sm:col-span-2" : ""}`}>
      <dt className="text-xs text-ink-soft">{label}</dt>
      <dd className="break-words tabular-nums">{children}</dd>
    </div>
  );
}
