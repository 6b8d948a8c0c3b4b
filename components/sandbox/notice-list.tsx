import { ActButton } from "#components/sandbox/shell.tsx";
import { formatMoment } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Notice {
  id: number;
  content: "genuine" | "forged" | "wrong_amount" | "wrong_currency";
  state: "waiting" | "acknowledged" | "given_up" | "lost";
  tries: number;
  nextAt: Date;
  log: { number: number; at: Date; durationMs: number; status: number | null; body: string; error: string | null; acknowledged: boolean }[];
}

/** As much of an answer as is worth reading: a page of HTML is no acknowledgement anyway. */
const SHOWN = 160;

/** The notices of a payment or a payout, each with every try and what was answered. */
export function NoticeList({
  t,
  locale,
  notices,
  no,
  of = "payment",
}: {
  t: Translator<"sandbox">;
  locale: Locale;
  notices: readonly Notice[];
  no: string;
  of?: "payment" | "payout";
}) {
  if (notices.length === 0) return <p className="empty">{t(of === "payout" ? "payout.noNotices" : "detail.noNotices")}</p>;
  return (
    <ol className="notices">
      {notices.map((notice) => (
        <li key={notice.id} className="card" data-state={notice.state}>
          <div className="notice-head">
            <span>
              <strong>
                #{notice.id} {t(`notice.${notice.content}`)}
              </strong>{" "}
              <span className={`badge badge-${notice.state}`}>
                <i aria-hidden="true" />
                {t(`notice.${notice.state}`)}
              </span>
              <small>
                {t("detail.tries", { count: notice.tries })}
                {notice.state === "waiting" ? ` · ${t("detail.next", { at: formatMoment(notice.nextAt, locale, "Asia/Shanghai") })}` : ""}
              </small>
            </span>
            <ActButton verb="resend" fields={{ id: String(notice.id), no, of }} label={t("detail.resend")} />
          </div>
          {notice.log.length > 0 ? (
            <ul className="tries">
              {notice.log.map((made) => (
                <li key={made.number}>
                  <time dateTime={made.at.toISOString()}>{formatMoment(made.at, locale, "Asia/Shanghai")}</time>
                  <span className={made.acknowledged ? "good" : "bad"}>
                    {t(made.acknowledged ? "detail.acknowledged" : "detail.refused")}
                  </span>
                  <code>{made.status ?? t("detail.noAnswer")}</code>
                  <code className="answer">{(made.error ?? made.body).slice(0, SHOWN)}</code>
                  <small>{made.durationMs} ms</small>
                </li>
              ))}
            </ul>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
