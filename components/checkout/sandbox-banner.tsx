import type { Scene } from "#components/checkout/scene.ts";

/** Says at once that no money moves, and opens the other side of the play: the wallet, or WeChat's own browser. */
export function SandboxBanner({ scene }: { scene: Scene }) {
  const { view, t, showing } = scene;
  const shown = showing === "waiting" ? view.attempt?.presentation : null;
  const wallet = shown?.kind === "qr" ? `/sandbox/wallet/scan?code=${encodeURIComponent(shown.text)}` : null;
  const phone = showing === "choose" && scene.desktop ? `/sandbox/wechat?url=${encodeURIComponent(`/pay/${view.token}`)}` : null;
  return (
    <aside className="sandbox" aria-label={t("sandbox.title")}>
      <p>
        <strong>{t("sandbox.title")}</strong> <span>{t("sandbox.words")}</span>
      </p>
      {scene.sandbox && wallet && <Door href={wallet} words={t("sandbox.open_wallet")} tab={t("sandbox.new_tab")} />}
      {scene.sandbox && phone && <Door href={phone} words={t("sandbox.as_wechat")} tab={t("sandbox.new_tab")} />}
    </aside>
  );
}

function Door({ href, words, tab }: { href: string; words: string; tab: string }) {
  return (
    <a href={href} target="_blank" rel="noopener">
      {words}
      <span className="visually-hidden"> ({tab})</span>
    </a>
  );
}
