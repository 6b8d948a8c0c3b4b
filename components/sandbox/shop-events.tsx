import { formatMoment } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Row {
  event: {
    id: number;
    webhookId: string;
    verified: boolean;
    type: string | null;
    reference: string | null;
    state: string | null;
    body: string;
    receivedAt: Date;
  };
}

/** What the shop was told, newest first; a message whose signature did not verify says so in red. */
export function ShopEvents({ t, locale, events }: { t: Translator<"sandbox">; locale: Locale; events: readonly Row[] }) {
  if (events.length === 0) return <p className="empty">{t("shop.nothing")}</p>;
  return (
    <div className="table-wrap">
      <table data-testid="shop-events">
        <thead>
          <tr>
            <th scope="col">{t("shop.at")}</th>
            <th scope="col">{t("shop.kind")}</th>
            <th scope="col">{t("shop.reference")}</th>
            <th scope="col">{t("shop.state")}</th>
            <th scope="col">{t("shop.signature")}</th>
          </tr>
        </thead>
        <tbody>
          {events.map(({ event }) => (
            <tr key={event.id} data-verified={event.verified}>
              <td>
                <time dateTime={event.receivedAt.toISOString()}>{formatMoment(event.receivedAt, locale, "Asia/Hong_Kong")}</time>
                <small className="mono">{event.webhookId}</small>
              </td>
              <td>{event.type ?? "–"}</td>
              <td className="mono">{event.reference ?? "–"}</td>
              <td>{event.state ?? "–"}</td>
              <td>
                <span className={event.verified ? "good" : "bad"}>{t(event.verified ? "shop.verified" : "shop.unverified")}</span>
                <details>
                  <summary>{t("shop.body")}</summary>
                  <pre>{event.body}</pre>
                </details>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
