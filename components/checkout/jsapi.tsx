import { Heading } from "#components/checkout/heading.tsx";
import type { Drawing } from "#components/checkout/presentation.tsx";
import { appName } from "#components/checkout/scene.ts";
import { Spoken } from "#components/checkout/spoken.tsx";
import { formatMoney } from "#lib/i18n/format.ts";

/**
 * Paying inside the wallet's own browser. The parameters go to the wallet's bridge (seeds/000 §4.1: third step) by
 * the page's script; the gateway signed them, so they are shown to nobody and changed by nobody.
 */
export function JsapiPayment({ scene, attempt, wallet, shown }: Drawing<"jsapi">) {
  const { t, view, locale } = scene;
  const name = appName(t, wallet);
  return (
    <>
      <Heading words={t("waiting.jsapi_words", { wallet: name })}>{t("waiting.jsapi_title", { wallet: name })}</Heading>
      <button
        type="button"
        className="primary js-only"
        data-jsapi={wallet}
        data-params={JSON.stringify(shown.params)}
        data-go={scene.go ? attempt.id : undefined}
        data-cancelled={t("waiting.jsapi_cancelled")}
        data-failed={t("waiting.jsapi_failed", { wallet: name })}
        data-outside={t("waiting.jsapi_outside", { wallet: name })}
        data-opening={t("waiting.jsapi_opening", { wallet: name })}
        suppressHydrationWarning
      >
        {t("waiting.jsapi_go", { amount: formatMoney(view.amount, locale) })}
      </button>
      <Spoken className="note" id="jsapi-note" />
      <noscript>
        <p className="note note-bad">{t("waiting.jsapi_noscript")}</p>
        <meta httpEquiv="refresh" content="10" />
      </noscript>
    </>
  );
}
