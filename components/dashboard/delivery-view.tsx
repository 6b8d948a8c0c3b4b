import { Facts, Fold, Raw } from "#components/dashboard/fold.tsx";
import { Moment, type Reading, ShortMoment } from "#components/dashboard/moment.tsx";
import { DeliveryStateDot } from "#components/dashboard/states.tsx";
import { typeWords } from "#components/dashboard/webhook-words.ts";
import { CARD } from "#components/ui/card.ts";
import { Code } from "#components/ui/code.tsx";
import { Badge } from "#components/ui/dot.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

interface Try {
  number: number;
  url: string | null;
  requestHeaders: Record<string, string> | null;
  status: number | null;
  responseHeaders: Record<string, string> | null;
  responseBody: string;
  error: string | null;
  durationMs: number;
  at: Date;
}

interface Shown {
  id: string;
  endpointId: string;
  endpointDeleted: boolean;
  url: string;
  orderId: string | null;
  payoutId: string | null;
  reference: string | null;
  sequence: number;
  type: string;
  format: string;
  state: "pending" | "acknowledged" | "dead";
  again: boolean;
  nextTryAt: Date;
  acknowledgedAt: Date | null;
  createdAt: Date;
  body: string;
  message: { method: string; body: string } | null;
  history: readonly Try[];
}

interface Props {
  t: Translator<"dashboard">;
  words: Translator<"webhooks">;
  delivery: Shown;
  reading: Reading;
}

/** What a delivery is about, whom it is for, and how far it is. */
export function DeliveryFacts({ t, words, delivery, reading }: Props) {
  const about = delivery.orderId
    ? `/dashboard/orders/${delivery.orderId}`
    : delivery.payoutId
      ? `/dashboard/payouts/${delivery.payoutId}`
      : null;
  const facts: [string, React.ReactNode][] = [
    [
      t("deliveries.state"),
      <span key="state" className="flex flex-wrap items-center gap-2">
        <DeliveryStateDot t={t} state={delivery.state} />
        {delivery.again ? <Badge tone="quiet">{words("deliveries.again")}</Badge> : null}
      </span>,
    ],
    [t("deliveries.created"), <ShortMoment key="created" at={delivery.createdAt} reading={reading} />],
    [
      t("deliveries.next"),
      delivery.state === "pending" ? <ShortMoment key="next" at={delivery.nextTryAt} reading={reading} /> : t("common.unavailable"),
    ],
    [
      words("events.about"),
      about ? (
        <a key="about" href={about} className="font-mono text-[13px] break-all text-jade underline underline-offset-3">
          {delivery.reference}
        </a>
      ) : (
        words("deliveries.test")
      ),
    ],
    [
      words("deliveries.endpoint"),
      delivery.endpointDeleted ? (
        `${delivery.url} (${words("deliveries.deleted")})`
      ) : (
        <a
          key="endpoint"
          href={`/dashboard/developers/endpoints/${delivery.endpointId}`}
          className="break-all text-jade underline underline-offset-3"
        >
          {delivery.url}
        </a>
      ),
    ],
    [
      words("deliveries.id"),
      <Code key="id" text={delivery.id} copy={{ label: t("common.copy", { what: words("deliveries.id") }), done: t("common.copied") }} />,
    ],
  ];
  return (
    <section className={`${CARD} grid gap-4`}>
      <p className="text-ink-soft">
        {typeWords(words, delivery.type)}
        {about ? ` · ${words("deliveries.sequence", { number: delivery.sequence })}` : null}
        {delivery.format === "standard" ? null : ` · ${words("deliveries.format")}: ${delivery.format}`}
      </p>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-3">
        {facts.map(([name, value]) => (
          <div key={name} className="grid min-w-0 content-start gap-0.5">
            <dt className="text-xs text-ink-soft">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Every try, newest first: when, how long, what was sent and what came back. The body is the same each time. */
export function DeliveryTries({ t, words, delivery, reading }: Props) {
  return (
    <section aria-labelledby="tries" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="tries" className="font-semibold">
        {words("deliveries.tries")}
      </h2>
      {delivery.history.length === 0 ? <p className="text-ink-soft">{words("deliveries.noTries")}</p> : null}
      <ol className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {delivery.history.map((one) => (
          <li key={one.number} className="rounded-card border border-line bg-surface px-4 py-3">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-medium">{words("deliveries.try", { number: one.number })}</span>
              <Badge tone={one.status !== null && one.status < 300 ? "good" : "bad"}>{one.status ?? t("timeline.noAnswer")}</Badge>
              <span className="text-sm text-ink-soft tabular-nums">{words("deliveries.took", { ms: one.durationMs })}</span>
              <span className="text-sm text-ink-soft">
                <Moment at={one.at} reading={reading} />
              </span>
            </div>
            <Fold title={words("deliveries.sent")}>
              {one.requestHeaders ? (
                <Facts facts={[[delivery.message?.method ?? "POST", one.url ?? ""], ...Object.entries(one.requestHeaders)]} />
              ) : null}
            </Fold>
            <Fold title={words("deliveries.answered")}>
              {one.error ? <p className="text-sm text-red">{words("deliveries.answerNone", { error: one.error })}</p> : null}
              {one.responseHeaders && Object.keys(one.responseHeaders).length > 0 ? (
                <Facts facts={Object.entries(one.responseHeaders)} />
              ) : null}
              {one.error ? null : <Raw label={words("deliveries.body")} text={one.responseBody || words("deliveries.noBody")} />}
            </Fold>
          </li>
        ))}
      </ol>
      <div className="pt-3">
        <Raw label={words("deliveries.body")} text={pretty(delivery.message?.body ?? delivery.body)} />
      </div>
    </section>
  );
}

/** JSON is set out to be read; the bytes that go out have no such spaces. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
