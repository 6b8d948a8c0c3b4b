import { Facts, Fold, Raw } from "#components/dashboard/fold.tsx";
import type { Reading } from "#components/dashboard/moment.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { answersOf, answerText } from "#components/dashboard/order-words.ts";
import type { ReasonState } from "#components/dashboard/reason-form.tsx";
import { AttemptStateDot, methodText, RefundStateDot, type VerdictDot } from "#components/dashboard/states.tsx";
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
    /** The decision's reason, in words. */
    whyText: string;
    fields: Record<string, string>;
    /** The message as it came, masked; null where it is on its own page only. */
    bytes: string | null;
    receivedAt: Date;
  }[];
  refused: { accountId: string; slot: number; reason: string; detail: string; bytes: string | null; receivedAt: Date }[];
  /** What people did, from the audit; empty for who may not see it. */
  staff: { sequence: number; action: string; actorName: string; reason: string | null; at: Date }[];
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
    acknowledgedAt: Date | null;
    createdAt: Date;
    history: Try[];
  }[];
}

export interface LineProps {
  t: Translator<"dashboard">;
  words: Translator<"order">;
  names: ReadonlyMap<string, string>;
  reading: Reading;
  /** Sends a webhook again; null for who may not, and in the past. */
  resend: { action: (before: ReasonState, form: FormData) => Promise<ReasonState>; orderId: string } | null;
}
export type Row<Kind extends keyof FullHistory> = LineProps & { row: FullHistory[Kind][number] };

export const TITLE = "flex flex-wrap items-center gap-x-2 gap-y-1";

/** The words of a copy button for this. */
export function copyOf(t: LineProps["t"], what: string): { label: string; done: string } {
  return { label: t("common.copy", { what }), done: t("common.copied") };
}

/** The name of an actor: a word of ours, a user's name, or the id when neither is known. */
export function actorText(t: LineProps["t"], names: LineProps["names"], actor: string): string {
  const key = `actor.${actor}` as "actor.shopper";
  return t.has(key) ? t(key) : (names.get(actor) ?? actor);
}

export function EventLine({ t, words, names, row }: Row<"events">) {
  const key = `event.${eventWord(row)}` as "event.order_created";
  const { reason, answers: _answers, ...data } = row.data;
  const answers = answersOf(row.data);
  const facts = Object.entries(data).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const);
  return (
    <>
      <p className={TITLE}>
        <strong className="font-medium">{t.has(key) ? t(key) : row.type}</strong>
        <span className="text-ink-soft">{t("timeline.by", { actor: actorText(t, names, row.actor) })}</span>
      </p>
      {typeof reason === "string" ? <p className="text-sm break-words text-ink-soft">{words("line.reason", { reason })}</p> : null}
      {answers.map(({ gatewayOrderNo, answer }) => (
        <p key={gatewayOrderNo} className="text-sm">
          <span className="font-mono text-xs break-all text-ink-soft">{gatewayOrderNo}</span> {answerText(words, answer)}
        </p>
      ))}
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

/** Why a message was not believed, in words. */
export function refusalText(t: LineProps["t"], reason: string): string {
  const key = `refusal.${reason}` as "refusal.unreadable";
  return t.has(key) ? t(key) : reason;
}

/** What more there is to say of a refusal, in the program's own words; null where its reason says it all. */
export function refusalDetail({ reason, detail }: { reason: string; detail: string }): string | null {
  return reason === "bad_signature" || reason === "missing_signature" ? null : detail || null;
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
        <Raw
          label={t("timeline.request")}
          copy={copyOf(t, t("timeline.request"))}
          text={[`${row.method} ${row.url}`, ...headers, "", row.requestBody].join("\n").trimEnd()}
        />
        <Raw
          label={t("timeline.response")}
          copy={copyOf(t, t("timeline.response"))}
          text={row.responseBody || (row.error ?? t("timeline.emptyBody"))}
        />
      </Fold>
    </>
  );
}
