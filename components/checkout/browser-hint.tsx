import { CopyButton } from "#components/checkout/copyable.tsx";
import type { Scene } from "#components/checkout/scene.ts";
import { walletOf } from "#lib/domain/methods.ts";
import { isInApp } from "#lib/domain/shopper.ts";

/** An app blocks other wallets' pages (WeChat blocks Alipay's): the way out is the phone's own browser, in two steps, or by the copied link. */
export function BrowserHint({ scene }: { scene: Scene }) {
  const { t, view, pageUrl, browser } = scene;
  // Another shape of a wallet that works here (WeChat's H5 beside its JSAPI) is no reason to leave.
  const usable = new Set(view.offers.filter((one) => one.available).map((one) => walletOf(one.method)));
  const blocked = view.offers
    .filter((one) => one.reason === "blocked_in_app")
    .map((one) => walletOf(one.method))
    .filter((wallet) => !usable.has(wallet));
  const [wallet] = blocked;
  if (!wallet || !isInApp(browser)) return null;
  const only = blocked.every((one) => one === wallet);
  return (
    <section className="browser-hint" aria-labelledby="browser-hint">
      <h2 id="browser-hint">{only ? t("browser_hint.title", { wallet: t(`wallet.${wallet}`) }) : t("browser_hint.title_many")}</h2>
      <ol>
        <li>{t("browser_hint.step_menu", { app: t(`in_app.${browser}`) })}</li>
        <li>{t("browser_hint.step_open")}</li>
      </ol>
      <label className="link-field">
        <span className="visually-hidden">{t("browser_hint.link")}</span>
        <input readOnly value={pageUrl} />
      </label>
      <CopyButton t={t} label={t("browser_hint.link")} value={pageUrl} words={t("browser_hint.copy")} />
    </section>
  );
}
