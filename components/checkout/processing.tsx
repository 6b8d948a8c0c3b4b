import { TokenForm } from "#components/checkout/form.tsx";
import { Heading } from "#components/checkout/heading.tsx";
import { appName, type Scene } from "#components/checkout/scene.ts";
import { walletOf } from "#lib/domain/methods.ts";

/** We are talking to the gateway, or it did not answer clearly: say so, warn against paying twice, offer to ask again. */
export function Processing({ scene }: { scene: Scene }) {
  const { view, t } = scene;
  const wallet = appName(t, walletOf(view.attempt?.method ?? "wechat.native"));
  const unclear = view.detail === "unclear";
  return (
    <>
      <div className="spinner" aria-hidden="true" />
      <Heading words={t(unclear ? "processing.unclear_words" : "processing.sent_words", { wallet })}>
        {t(unclear ? "processing.unclear_title" : "processing.sent_title", { wallet })}
      </Heading>
      {unclear && <p className="note note-warn">{t("processing.unclear_warning")}</p>}
      {scene.asked && (
        <p className="note" role="status">
          {t("waiting.asked", { wallet })}
        </p>
      )}
      <TokenForm action={scene.forms.paid} token={view.token} data-paid-form>
        <button type="submit" className="secondary" suppressHydrationWarning>
          {t("processing.check")}
        </button>
      </TokenForm>
      {view.offers.some((one) => one.available) && (
        <p className="quiet-row">
          <a className="quiet" href={`/pay/${view.token}?choose=1`}>
            {t("waiting.other")}
          </a>
        </p>
      )}
      <noscript>
        <meta httpEquiv="refresh" content="5" />
      </noscript>
    </>
  );
}
