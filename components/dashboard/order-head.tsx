import { Moment, type Reading } from "#components/dashboard/moment.tsx";
import { LargeMoney, moneyText } from "#components/dashboard/money.tsx";
import { methodText, OrderMarks, OrderStateDot } from "#components/dashboard/states.tsx";
import { CARD } from "#components/ui/card.ts";
import { Code } from "#components/ui/code.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Method } from "#lib/domain/methods.ts";
import type { OrderState } from "#lib/domain/order.ts";
import type { Translator } from "#lib/i18n/translator.ts";

export interface OrderFacts {
  id: string;
  token: string;
  reference: string;
  title: string;
  state: OrderState;
  paidLate: boolean;
  needsReview: boolean;
  live: boolean;
  currency: string;
  amount: bigint;
  paidAmount: bigint;
  refundedAmount: bigint;
  createdAt: Date;
  paidAt: Date | null;
  expiresAt: Date;
  paidAttemptId: string | null;
  notifyUrl: string | null;
  returnUrl: string | null;
  metadata: Record<string, string>;
}

interface Props {
  t: Translator<"dashboard">;
  order: OrderFacts;
  reading: Reading;
}

/** Amount and state large, then three facts in a row: when, how, and what became of the money. */
export function OrderHead({
  t,
  order,
  attempts,
  reading,
}: Props & { attempts: readonly { id: string; method: Method; accountTitle: string }[] }) {
  const paidBy = attempts.find((attempt) => attempt.id === order.paidAttemptId);
  const money = (amount: bigint) => moneyText({ amount, currency: order.currency }, reading.locale);
  return (
    <header className="grid gap-4">
      <a
        href="/dashboard/orders"
        className="inline-flex min-h-9 items-center gap-1 justify-self-start text-sm text-ink-soft hover:text-ink"
      >
        <Icon name="back" className="size-4" />
        {t("order.back")}
      </a>
      <div className="grid gap-1">
        <h1 className="text-sm break-words text-ink-soft">
          <span className="text-ink">{order.title}</span> · {t("order.title", { reference: order.reference })}
        </h1>
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <LargeMoney row={order} locale={reading.locale} size="text-[40px] leading-[44px] sm:text-[48px] sm:leading-[52px]" />
          <span className="text-lg font-medium">
            <OrderStateDot t={t} state={order.state} />
          </span>
          <span className="flex flex-wrap gap-2">
            <OrderMarks t={t} order={order} />
          </span>
        </div>
      </div>
      <dl className="grid gap-px overflow-hidden rounded-card border border-line bg-line sm:grid-cols-3">
        <Fact label={order.paidAt ? t("order.paidAt") : t("order.created")}>
          <Moment at={order.paidAt ?? order.createdAt} reading={reading} />
        </Fact>
        <Fact label={t("order.paidWith")}>
          {paidBy ? methodText(t, paidBy.method) : t("order.notPaid")}
          <span className="block text-xs font-normal text-ink-soft">
            {paidBy ? `${t("order.through", { account: paidBy.accountTitle })} · ` : null}
            {t("order.tries", { count: attempts.length })}
          </span>
        </Fact>
        <Fact label={t("order.received")}>
          <span className="tabular-nums">{money(order.paidAmount)}</span>
          <span className="block text-xs font-normal text-ink-soft tabular-nums">
            {t("order.refunded")}: {money(order.refundedAmount)}
          </span>
        </Fact>
      </dl>
    </header>
  );
}

/** Every number and address of an order, to copy. */
export function OrderNumbers({ t, order, checkout, reading }: Props & { checkout: string }) {
  const done = t("common.copied");
  const metadata = Object.entries(order.metadata);
  return (
    <section className={CARD} aria-labelledby="numbers">
      <h2 id="numbers" className="mb-3 font-semibold">
        {t("order.numbers")}
      </h2>
      <dl className="grid gap-3 text-sm">
        {(["reference", "id", "token"] as const).map((name) => (
          <Row key={name} label={t(`order.${name}`)}>
            <Code text={order[name]} keep={10} copy={{ label: t("common.copy", { what: t(`order.${name}`) }), done }} />
          </Row>
        ))}
        <Row label={t("order.checkout")}>
          <a href={checkout} className="break-all text-jade underline underline-offset-3">
            {checkout}
          </a>
        </Row>
        <Row label={t("order.created")}>
          <Moment at={order.createdAt} reading={reading} />
        </Row>
        <Row label={t("order.expires")}>
          <Moment at={order.expiresAt} reading={reading} />
        </Row>
        {order.notifyUrl ? <Row label={t("order.notify")}>{order.notifyUrl}</Row> : null}
        {order.returnUrl ? <Row label={t("order.returns")}>{order.returnUrl}</Row> : null}
        {metadata.map(([name, value]) => (
          <Row key={name} label={name}>
            {value}
          </Row>
        ))}
      </dl>
    </section>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-xs text-ink-soft">{label}</dt>
      <dd className="mt-0.5 font-medium">{children}</dd>
    </div>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-soft">{label}</dt>
      <dd className="break-all">{children}</dd>
    </div>
  );
}
