import { Facts, Fold, Raw } from "#components/dashboard/fold.tsx";
import { Moment } from "#components/dashboard/moment.tsx";
import { staffText } from "#components/dashboard/order-words.ts";
import { ReasonForm } from "#components/dashboard/reason-form.tsx";
import { reasonsFor, reasonWords } from "#components/dashboard/reason-words.ts";
import { DeliveryStateDot, VerdictDot } from "#components/dashboard/states.tsx";
import { copyOf, type Row, refusalDetail, refusalText, TITLE } from "#components/dashboard/timeline-lines.tsx";
import { Badge } from "#components/ui/dot.tsx";

const LINK = "text-xs text-jade underline underline-offset-3";

export function NotificationLine({ t, words, row }: Row<"notifications">) {
  const raw = t("timeline.raw");
  return (
    <>
      <p className={TITLE}>
        <span>{t("timeline.notification")}</span>
        <VerdictDot t={t} verdict={row.verdict} />
        <a href={`/dashboard/notifications/${row.id}`} className={LINK}>
          {words("line.page")}
        </a>
      </p>
      <p className="text-sm break-words text-ink-soft">{row.whyText}</p>
      <Fold title={words("line.bytes")}>
        {row.bytes === null ? (
          <p className="text-xs text-ink-soft">{words("line.noBytes")}</p>
        ) : (
          <Raw label={words("line.bytes")} copy={copyOf(t, raw)} text={row.bytes} />
        )}
        <Facts facts={Object.entries(row.fields)} />
      </Fold>
    </>
  );
}

export function RefusedLine({ t, words, row }: Row<"refused">) {
  const detail = refusalDetail(row);
  return (
    <>
      <p className={TITLE}>
        <span>{t("timeline.refused")}</span>
        <Badge tone="bad">{refusalText(t, row.reason)}</Badge>
        {detail ? (
          <span lang="en" className="break-words text-ink-soft">
            {detail}
          </span>
        ) : null}
        <a href={`/dashboard/notifications/refused/${row.accountId}.${row.slot}.${row.receivedAt.getTime()}`} className={LINK}>
          {t("inbox.why")}
        </a>
      </p>
      {row.bytes === null ? null : (
        <Fold title={words("line.bytes")}>
          <Raw label={words("line.bytes")} copy={copyOf(t, words("line.bytes"))} text={row.bytes} />
        </Fold>
      )}
    </>
  );
}

export function StaffLine({ words, row }: Row<"staff">) {
  return (
    <>
      <p className={TITLE}>
        <span>{staffText(words, row.action)}</span>
        <span className="text-ink-soft">{words("line.staff", { name: row.actorName })}</span>
      </p>
      {row.reason ? <p className="text-sm break-words text-ink-soft">{words("line.reason", { reason: row.reason })}</p> : null}
    </>
  );
}

export function DeliveryLine(props: Row<"deliveries">) {
  const { t, words, reading, row, resend } = props;
  return (
    <>
      <p className={TITLE}>
        <a href={`/dashboard/deliveries/${row.id}`} className="underline decoration-edge/50 underline-offset-3 hover:decoration-current">
          {t("timeline.delivery", { type: row.type })}
        </a>
        <DeliveryStateDot t={t} state={row.state} />
        <span className="text-ink-soft">{t("timeline.tries", { count: row.tries })}</span>
        <span className="min-w-0 text-xs break-all text-ink-soft">{row.url}</span>
      </p>
      {row.history.length > 0 ? (
        <ul aria-label={words("line.tries")} className="mt-1 grid gap-1">
          {row.history.map((one) => (
            <li key={one.number} className={`${TITLE} text-xs text-ink-soft`}>
              {t("timeline.try", { number: one.number })}
              <Badge tone={one.status !== null && one.status < 300 ? "good" : "bad"}>{one.status ?? t("timeline.noAnswer")}</Badge>
              <Moment at={one.at} reading={reading} />
              {t("timeline.duration", { ms: one.durationMs })}
              {one.error ? <span className="break-words text-red">{one.error}</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
      <Fold title={t("timeline.raw")}>
        <Raw label={`${t("timeline.body")} · ${row.id}`} copy={copyOf(t, t("timeline.body"))} text={row.body} />
        {row.history.map((one) => (
          <Raw
            key={one.number}
            label={`${t("timeline.try", { number: one.number })} · ${t("timeline.response")}`}
            copy={copyOf(t, t("timeline.response"))}
            text={one.responseBody || (one.error ?? t("timeline.emptyBody"))}
          />
        ))}
      </Fold>
      {resend && row.state !== "pending" ? <ResendForm {...props} resend={resend} /> : null}
    </>
  );
}

/** Two presses and a reason. `tries` makes a double click one. */
function ResendForm({ t, words, row, resend }: Row<"deliveries"> & { resend: NonNullable<Row<"deliveries">["resend"]> }) {
  return (
    <div className="mt-2">
      <ReasonForm
        key={row.tries}
        id={`resend-${row.id}`}
        panel={{ title: words("action.resend"), text: words("action.resendConfirm"), small: true }}
        submit={resend.action}
        hidden={{ order: resend.orderId, delivery: row.id, tries: String(row.tries) }}
        look="secondary"
        suggestions={reasonsFor(words, "resend")}
        words={{ ...reasonWords(t, words), yes: words("action.resendYes") }}
      />
    </div>
  );
}
