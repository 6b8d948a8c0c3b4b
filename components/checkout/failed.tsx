import { Rows } from "#components/checkout/choose.tsx";
import { TokenForm } from "#components/checkout/form.tsx";
import { Heading } from "#components/checkout/heading.tsx";
import { appName, methodName, type Scene } from "#components/checkout/scene.ts";
import { walletOf } from "#lib/domain/methods.ts";

const KINDS = ["declined", "refused", "unreachable", "qr_expired"] as const;
type Kind = (typeof KINDS)[number];

/** Other wallets shown at once where the trouble is the first one's. */
const INSTEAD_MAX = 3;

/**
 * A try came to nothing, or its code ran out, while the order lives: say which, then try again or choose another. A code
 * that ran out is renewed in place by the page's script, once a try; a wallet that is down has the others beneath it.
 */
export function Failed({ scene }: { scene: Scene }) {
  const { view, t } = scene;
  const kind: Kind = KINDS.find((one) => one === view.detail) ?? "declined";
  const method = view.attempt?.method ?? null;
  const wallet = method ? appName(t, walletOf(method)) : t("choose.none_title");
  const again = method && view.offers.some((one) => one.method === method && one.available) ? method : null;
  const down = kind === "unreachable" || kind === "refused";
  const others = down ? view.offers.filter((one) => one.available && one.method !== method).slice(0, INSTEAD_MAX) : [];
  return (
    <>
      <div className="failed-mark" data-kind={kind}>
        <svg viewBox="0 0 48 48" width="56" height="56" aria-hidden="true">
          <circle cx="24" cy="24" r="23" />
          <path d={kind === "qr_expired" ? "M24 13v12l8 5" : kind === "unreachable" ? "M24 13v14m0 7v.5" : "M17 17l14 14m0-14L17 31"} />
        </svg>
      </div>
      <Heading words={t(`failed.${kind}_words`, { wallet })}>{t(`failed.${kind}_title`, { wallet })}</Heading>
      {again && (
        <TokenForm action={scene.forms.start} token={view.token} className="again" data-auto={renewal(scene, kind)}>
          <button type="submit" name="method" value={again} className="primary" suppressHydrationWarning>
            {kind === "qr_expired" ? t("failed.new_code") : t("failed.retry", { method: methodName(t, again) })}
          </button>
        </TokenForm>
      )}
      {others.length > 0 ? (
        <section className="instead" aria-labelledby="instead">
          <h2 id="instead">{t("failed.instead")}</h2>
          <Rows scene={scene} offers={others} />
        </section>
      ) : (
        <a className={again ? "secondary" : "primary"} href={`/pay/${view.token}?choose=1`}>
          {t("failed.other")}
        </a>
      )}
    </>
  );
}

/** What the script submits once: a fresh code for the try that ran out. Not after a problem, which would only come again. */
function renewal({ view, problem }: Scene, kind: Kind): string | undefined {
  return kind === "qr_expired" && view.attempt && !problem ? `renew ${view.attempt.id}` : undefined;
}
