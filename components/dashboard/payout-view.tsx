import { Facts, Fold } from "#components/dashboard/fold.tsx";
import { Moment, type Reading } from "#components/dashboard/moment.tsx";
import { LargeMoney } from "#components/dashboard/money.tsx";
import { channelText, PAYOUT_TONES } from "#components/dashboard/payout-words.ts";
import { actorText } from "#components/dashboard/timeline-lines.tsx";
import { CARD } from "#components/ui/card.ts";
import { Code } from "#components/ui/code.tsx";
import { Badge, Dot } from "#components/ui/dot.tsx";
import type { PayoutState } from "#lib/domain/payout.ts";
import type { Translator } from "#lib/i18n/translator.ts";

export interface PayoutFacts {
  id: string;
  payoutNo: string;
  gatewayRef: string | null;
  channel: string;
  accountTitle: string;
  live: boolean;
  currency: string;
  amount: bigint;
  fee: string | null;
  state: PayoutState;
  needsReview: boolean;
  remark: string;
  requestedBy: string;
  createdAt: Date;
  settledAt: Date | null;
  nextTryAt: Date | null;
}

interface Props {
  t: Translator<"dashboard">;
  payout: PayoutFacts;
  /** Whose account, masked, line by line. */
  recipient: readonly (readonly [string, string])[];
  names: ReadonlyMap<string, string>;
  reading: Reading;
}

/** Amount and state large, then whose account, and every number a gateway's support will ask for. */
export function PayoutHead({ t, payout, reading }: Props) {
  return (
    <header className="grid gap-1">
      <h1 className="text-sm text-ink-soft">{t("payouts.one")}</h1>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <LargeMoney row={payout} locale={reading.locale} />
        <span className="text-lg font-medium">
          <Dot tone={PAYOUT_TONES[payout.state]}>{t(`payouts.state_${payout.state}`)}</Dot>
        </span>
        {payout.needsReview ? <Badge tone="bad">{t("mark.review")}</Badge> : null}
        {payout.live ? null : <Badge tone="quiet">{t("common.testHint")}</Badge>}
      </div>
      <p className="max-w-prose text-ink-soft">{t(`payouts.text_${payout.state}`)}</p>
    </header>
  );
}

export function PayoutNumbers({ t, payout, recipient, names, reading }: Props) {
  const copy = (what: string) => ({ label: t("common.copy", { what }), done: t("common.copied") });
  return (
    <section className={CARD} aria-labelledby="facts">
      <h2 id="facts" className="mb-3 font-semibold">
        {t("payouts.recipient")}
      </h2>
      <dl className="grid gap-3 sm:grid-cols-2">
        {recipient.map(([label, value]) => (
          <Row key={label} label={label}>
            {value}
          </Row>
        ))}
        <Row label={t("payouts.from")}>
          {payout.accountTitle} · {channelText(t, payout.channel)}
        </Row>
        <Row label={t("payouts.payoutNo")}>
          <Code text={payout.payoutNo} copy={copy(t("payouts.payoutNo"))} />
        </Row>
        <Row label={t("order.gatewayRef")}>
          {payout.gatewayRef ? <Code text={payout.gatewayRef} copy={copy(t("order.gatewayRef"))} /> : t("common.unavailable")}
        </Row>
        {payout.fee ? <Row label={t("payouts.fee")}>{payout.fee}</Row> : null}
        {payout.remark ? <Row label={t("payouts.remark")}>{payout.remark}</Row> : null}
        <Row label={t("order.by")}>{actorText(t, names, payout.requestedBy)}</Row>
        <Row label={t("payouts.created")}>
          <Moment at={payout.createdAt} reading={reading} />
        </Row>
        {payout.settledAt ? (
          <Row label={t("payouts.settled")}>
            <Moment at={payout.settledAt} reading={reading} />
          </Row>
        ) : null}
        {payout.nextTryAt ? (
          <Row label={t("payouts.nextAsk")}>
            <Moment at={payout.nextTryAt} reading={reading} />
          </Row>
        ) : null}
      </dl>
    </section>
  );
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-soft">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

interface Event {
  sequence: number;
  type: string;
  actor: string;
  data: Record<string, unknown>;
  at: Date;
}

/** All that happened to a payout, newest first. */
export function PayoutHistory({ t, events, names, reading }: Pick<Props, "t" | "names" | "reading"> & { events: readonly Event[] }) {
  return (
    <section className={CARD} aria-labelledby="history">
      <h2 id="history" className="mb-4 font-semibold">
        {t("payouts.history")}
      </h2>
      <ol className="grid grid-cols-[minmax(0,1fr)]">
        {[...events]
          .sort((a, b) => b.sequence - a.sequence)
          .map((event) => (
            <li key={event.sequence} className="relative border-l border-line pb-3 pl-5 last:pb-0">
              <span aria-hidden="true" className="absolute top-1.5 -left-[4.5px] size-2 rounded-full bg-ink ring-4 ring-surface" />
              <div className="text-xs text-ink-soft">
                <Moment at={event.at} reading={reading} />
              </div>
              <p className="flex flex-wrap items-center gap-x-2">
                <strong className="font-medium">{eventText(t, event.type)}</strong>
                <span className="text-ink-soft">{t("timeline.by", { actor: actorText(t, names, event.actor) })}</span>
              </p>
              <Fold title={t("timeline.facts")}>
                <Facts facts={factsOf(event.data)} />
              </Fold>
            </li>
          ))}
      </ol>
    </section>
  );
}

function eventText(t: Props["t"], type: string): string {
  const key = `payouts.${type.replace("payout.", "event_")}` as "payouts.event_sent";
  return t.has(key) ? t(key) : type;
}

function factsOf(data: Record<string, unknown>): [string, string][] {
  return Object.entries(data).flatMap(([name, value]): [string, string][] => {
    if (name === "fields" && typeof value === "object" && value !== null)
      return Object.entries(value).map(([key, text]) => [key, String(text)]);
    return [[name, typeof value === "string" ? value : JSON.stringify(value)]];
  });
}
