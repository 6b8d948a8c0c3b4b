import { Heading } from "#components/checkout/heading.tsx";
import type { Scene } from "#components/checkout/scene.ts";
import { formatMoment } from "#lib/i18n/format.ts";

/** The order's time ran out. Money on its way is still found; the page says not to pay twice. */
export function Expired({ scene }: { scene: Scene }) {
  const { view, t, locale } = scene;
  return (
    <>
      <ClosedMark />
      <Heading words={t("expired.words", { time: formatMoment(view.expiresAt, locale, view.timeZone) })}>{t("expired.title")}</Heading>
      <p className="note">{t("expired.paid_anyway")}</p>
      <WayBack url={view.returnUrl} back={t("expired.back")} again={t("expired.again")} />
    </>
  );
}

/** The shop or the shopper cancelled the order. */
export function Cancelled({ scene }: { scene: Scene }) {
  const { view, t } = scene;
  return (
    <>
      <ClosedMark />
      <Heading words={t("cancelled.words")}>{t("cancelled.title")}</Heading>
      <WayBack url={view.returnUrl} back={t("cancelled.back")} again={t("cancelled.again")} />
    </>
  );
}

function ClosedMark() {
  return (
    <div className="failed-mark" data-kind="closed">
      <svg viewBox="0 0 48 48" width="56" height="56" aria-hidden="true">
        <circle cx="24" cy="24" r="23" />
        <path d="M15 24h18" />
      </svg>
    </div>
  );
}

function WayBack({ url, back, again }: { url: string | null; back: string; again: string }) {
  return (
    <>
      <p className="small">{again}</p>
      {url && (
        <a className="primary" href={url}>
          {back}
        </a>
      )}
    </>
  );
}
