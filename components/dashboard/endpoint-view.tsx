import { type Reading, ShortMoment } from "#components/dashboard/moment.tsx";
import { deliveredPart, endpointStatus } from "#components/dashboard/webhook-words.ts";
import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Badge, Dot } from "#components/ui/dot.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";
import { formatMoment } from "#lib/i18n/format.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"webhooks">;

interface Shown {
  id: string;
  description: string;
  kind: "order" | "merchant";
  live: boolean | null;
  eventTypes: string[] | null;
  formatName: string;
  active: boolean;
  disabledReason: "person" | "gone" | "failing" | null;
  failingSince: Date | null;
  acknowledged: number;
  dead: number;
  pending: number;
  lastAcknowledgedAt: Date | null;
  createdAt: Date;
}

/** Why it is not sent to, or soon will not be, and how much waits. */
export function EndpointTrouble({ t, endpoint, reading }: { t: T; endpoint: Shown; reading: Reading }) {
  const waiting = endpoint.pending > 0 ? ` ${t("endpoints.waitingHere", { count: endpoint.pending })}` : "";
  if (!endpoint.active) {
    const reason = endpoint.disabledReason ?? "person";
    return <Notice kind={reason === "person" ? "hint" : "problem"}>{t(`endpoints.reason_${reason}`) + waiting}</Notice>;
  }
  if (!endpoint.failingSince) return null;
  const time = formatMoment(endpoint.failingSince, reading.locale, reading.timeZone);
  return <Notice kind="hint">{t("endpoints.failingSince", { time }) + waiting}</Notice>;
}

/** What it is and how it does. */
export function EndpointFacts({ t, endpoint, reading }: { t: T; endpoint: Shown; reading: Reading }) {
  const { tone, word } = endpointStatus(t, endpoint);
  const mode = endpoint.live === null ? "both" : endpoint.live ? "live" : "test";
  const facts: [string, React.ReactNode][] = [
    [
      t("endpoints.status"),
      <Dot key="status" tone={tone}>
        {word}
      </Dot>,
    ],
    [t("endpoints.delivered"), deliveredPart(endpoint, reading.locale) ?? "–"],
    [t("endpoints.waiting"), endpoint.pending],
    [t("endpoints.given"), endpoint.dead],
    [
      t("endpoints.lastAck"),
      endpoint.lastAcknowledgedAt ? <ShortMoment key="ack" at={endpoint.lastAcknowledgedAt} reading={reading} /> : t("endpoints.never"),
    ],
    [
      t("endpoints.mode"),
      mode === "test" ? (
        <Badge key="mode" tone="quiet">
          {t("endpoints.test")}
        </Badge>
      ) : (
        t(`endpoints.${mode}`)
      ),
    ],
    [t("endpoints.format"), endpoint.formatName],
    [t("endpoints.created"), <ShortMoment key="created" at={endpoint.createdAt} reading={reading} />],
  ];
  return (
    <section className={`${CARD} grid gap-4`}>
      {endpoint.description ? <p>{endpoint.description}</p> : null}
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
        {facts.map(([name, value]) => (
          <div key={name} className="grid content-start gap-0.5">
            <dt className="text-xs text-ink-soft">{name}</dt>
            <dd className="min-w-0 tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="grid gap-1.5">
        <div className="text-xs text-ink-soft">{t("endpoints.types")}</div>
        <div className="flex flex-wrap gap-1.5">
          {endpoint.eventTypes?.map((type) => (
            <code key={type} className="rounded-md bg-raised px-1.5 py-0.5 font-mono text-xs">
              {type}
            </code>
          )) ?? t("endpoints.typesAll")}
        </div>
      </div>
    </section>
  );
}

/** Edit, enable or disable, delete. */
export function EndpointSwitches(props: {
  t: T;
  busy: string;
  endpoint: Shown;
  merchantId: string;
  submit: (form: FormData) => Promise<void>;
}) {
  const { t, busy, endpoint, merchantId, submit } = props;
  const hidden = (verb: string) =>
    Object.entries({ merchant: merchantId, endpoint: endpoint.id, verb }).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ));
  return (
    <div className="flex flex-wrap items-start gap-2">
      <form action={submit}>
        {hidden(endpoint.active ? "disable" : "enable")}
        <Submit look={endpoint.active ? "secondary" : "primary"} busy={busy}>
          {t(endpoint.active ? "endpoints.disable" : "endpoints.enable")}
        </Submit>
      </form>
      {endpoint.kind === "merchant" ? (
        <>
          <a href={`/dashboard/developers/endpoints/${endpoint.id}/edit`} className={BUTTON.secondary}>
            {t("endpoints.edit")}
          </a>
          <details className="open:basis-full">
            <summary className={`${BUTTON.secondary} list-none [&::-webkit-details-marker]:hidden`}>{t("endpoints.delete")}</summary>
            <form action={submit} className="mt-2 grid max-w-lg gap-3 rounded-card border border-line bg-surface p-4">
              {hidden("delete")}
              <p>{t("endpoints.deleteText")}</p>
              <div>
                <Submit look="danger" busy={busy}>
                  {t("endpoints.deleteYes")}
                </Submit>
              </div>
            </form>
          </details>
        </>
      ) : null}
    </div>
  );
}
