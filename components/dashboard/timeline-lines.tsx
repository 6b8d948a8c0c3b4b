import { Facts, Fold, Raw } from "#components/dashboard/fold.tsx";
import { Moment, type Reading } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { AttemptStateDot, DeliveryStateDot, methodText, RefundStateDot, VerdictDot } from "#components/dashboard/states.tsx";
import { Badge } from "#components/ui/dot.tsx";
import type { AttemptState } from "#lib/domain/attempt.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { RefundState } from "#lib/domain/refund.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Try {
  number: number;
  status: number | null;
  responseBody: string;
  error: string | null;
  durationMs: number;
  at: Date;
}

/** An order's history as the database has it, without sealed columns. */
export interface FullHistory {
  events: { sequence: number; type: string; actor: string; data: Record<string, unknown>; at: Date }[];
  attempts: {
    id: string;
    state: AttemptState;
    method: Method;
    accountTitle: string;
    gatewayOrderNo: string;
    amount: bigint;
    currency: string;
    createdAt: Date;
  }[];
  refunds: { id: string; refundNo: string; state: RefundState; amount: bigint; currency: string; reason: string; createdAt: Date }[];
  notifications: {
    id: string;
    gatewayOrderNo: string;
    verdict: Parameters<typeof VerdictDot>[0]["verdict"];
    fields: Record<string, string>;
    receivedAt: Date;
  }[];
  refused: { accountId: string; slot: number; reason: string; detail: string; receivedAt: Date }[];
  exchanges: {
    id: string;
    operation: string;
    method: string;
    url: string;
    requestHeaders: Record<string, string>;
    requestBody: string;
    status: number | null;
    responseBody: string;
    error: string | null;
    durationMs: number;
    startedAt: Date;
  }[];
  deliveries: {
    id: string;
    sequence: number;
    type: string;
    url: string;
    body: string;
    state: "pending" | "acknowledged" | "dead";
    tries: number;
    createdAt: Date;
    history: Try[];
  }[];
}

interface Props {
  t: Translator<"dashboard">;
  names: ReadonlyMap<string, string>;
  reading: Reading;
}
type Row<Kind extends keyof FullHistory> = Props & { row: FullHistory[Kind][number] };

const TITLE = "flex flex-wrap items-center gap-x-2 gap-y-1";

/** The name of an actor: a word of ours, a user's name, or the id when neither is known. */
export function actorText(t: Props["t"], names: Props["names"], actor: string): string {
  const key = `actor.${actor}` as "actor.shopper";
  return t.has(key) ? t(key) : (names.get(actor) ?? actor);
}

export function EventLine({ t, names, row }: Row<"events">) {
  const key = `event.${eventWord(row)}` as "event.order_created";
  const facts = Object.entries(row.data).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const);
  return (
    <>
      <p className={TITLE}>
        <strong className="font-medium">{t.has(key) ? t(key) : row.type}</strong>
        <span className="text-ink-soft">{t("timeline.by", { actor: actorText(t, names, row.actor) })}</span>
      </p>
      {facts.length > 0 ? (
        <Fold title={t("timeline.facts")}>
          <Facts facts={facts} />
        </Fold>
      ) : null}
    </>
  );
}

/** A scanned code shows the shopper nothing: the wallet asks on its own. */
function eventWord({ type, data }: FullHistory["events"][number]): string {
  return type === "attempt.presented" && data.kind === "none" ? "attempt_confirming" : type.replaceAll(".", "_");
}

export function AttemptLine({ t, reading, row }: Row<"attempts">) {
  return (
    <p className={TITLE}>
      <span>{t("timeline.attempt")}</span>
      <span>{methodText(t, row.method)}</span>
      <span className="tabular-nums">{moneyText(row, reading.locale)}</span>
      <span className="text-ink-soft">{row.accountTitle}</span>
      <span className="font-mono text-xs break-all text-ink-soft">{row.gatewayOrderNo}</span>
      <AttemptStateDot t={t} state={row.state} />
    </p>
  );
}

export function RefundLine({ t, reading, row }: Row<"refunds">) {
  return (
    <p className={TITLE}>
      <span>{t("timeline.refund")}</span>
      <span className="tabular-nums">{moneyText(row, reading.locale)}</span>
      <span className="font-mono text-xs break-all text-ink-soft">{row.refundNo}</span>
      <RefundStateDot t={t} state={row.state} />
      <span className="break-words text-ink-soft">{row.reason}</span>
    </p>
  );
}

export function NotificationLine({ t, row }: Row<"notifications">) {
  return (
    <>
      <p className={TITLE}>
        <span>{t("timeline.notification")}</span>
        <VerdictDot t={t} verdict={row.verdict} />
      </p>
      <Fold title={t("timeline.fields")}>
        <Facts facts={Object.entries(row.fields)} />
      </Fold>
    </>
  );
}

export function RefusedLine({ t, row }: Row<"refused">) {
  return (
    <p className={TITLE}>
      <span>{t("timeline.refused")}</span>
      <Badge tone="bad">{refusalText(t, row.reason)}</Badge>
      <span className="break-words text-ink-soft">{row.detail}</span>
    </p>
  );
}

/** Why a message was not believed, in words. */
export function refusalText(t: Props["t"], reason: string): string {
  const key = `refusal.${reason}` as "refusal.unreadable";
  return t.has(key) ? t(key) : reason;
}

export function ExchangeLine({ t, row }: Row<"exchanges">) {
  const headers = Object.entries(row.requestHeaders).map(([name, value]) => `${name}: ${value}`);
  const bad = row.error !== null || row.status === null || row.status >= 400;
  return (
    <>
      <p className={TITLE}>
        <span>{t("timeline.exchange", { operation: row.operation })}</span>
        <Badge tone={bad ? "bad" : "quiet"}>{row.status ?? t("timeline.noAnswer")}</Badge>
        <span className="text-ink-soft tabular-nums">{t("timeline.duration", { ms: row.durationMs })}</span>
        {row.error ? <span className="break-words text-red">{row.error}</span> : null}
      </p>
      <Fold title={t("timeline.raw")}>
        <Raw label={t("timeline.request")} text={[`${row.method} ${row.url}`, ...headers, "", row.requestBody].join("\n").trimEnd()} />
        <Raw label={t("timeline.response")} text={row.responseBody || (row.error ?? t("timeline.emptyBody"))} />
      </Fold>
    </>
  );
}

export function DeliveryLine({ t, reading, row }: Row<"deliveries">) {
  return (
    <>
      <p className={TITLE}>
        <span>{t("timeline.delivery", { type: row.type })}</span>
        <DeliveryStateDot t={t} state={row.state} />
        <span className="text-ink-soft">{t("timeline.tries", { count: row.tries })}</span>
        <span className="min-w-0 text-xs break-all text-ink-soft">{row.url}</span>
      </p>
      <Fold title={t("timeline.raw")}>
        <Raw label={`${t("timeline.body")} · ${row.id}`} text={row.body} />
        {row.history.map((one) => (
          <div key={one.number} className="grid gap-1">
            <p className={`${TITLE} text-xs text-ink-soft`}>
              {t("timeline.try", { number: one.number })} <Moment at={one.at} reading={reading} />
              <Badge tone={one.status !== null && one.status < 300 ? "good" : "bad"}>{one.status ?? t("timeline.noAnswer")}</Badge>
              {t("timeline.duration", { ms: one.durationMs })}
            </p>
            <Raw label={t("timeline.response")} text={one.responseBody || (one.error ?? t("timeline.emptyBody"))} />
          </div>
        ))}
      </Fold>
    </>
  );
}
