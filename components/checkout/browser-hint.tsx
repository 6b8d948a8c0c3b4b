import { CopyButton } from "#components/checkout/copyable.tsx";
import type { Scene } from "#components/checkout/scene.ts";

/** WeChat blocks Alipay's pages: the way out is the phone's own browser, in two steps, or by the copied link. */
export function BrowserHint({ scene }: { scene: Scene }) {
  const { t, view, pageUrl } = scene;
  if (!view.offers.some((one) => one.reason === "blocked_in_wechat")) return null;
  return (
    <section className="browser-hint" aria-labelledby="browser-hint">
      <h2 id="browser-hint">{t("browser_hint.title")}</h2>
      <ol>
        <li>{t("browser_hint.step_menu")}</li>
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
