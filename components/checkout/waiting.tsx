import { TokenForm } from "#components/checkout/form.tsx";
import { Presented } from "#components/checkout/presentation.tsx";
import { appName, type Scene } from "#components/checkout/scene.ts";
import { walletOf } from "#lib/domain/methods.ts";
import type { Detail } from "#lib/payments/checkout-view.ts";

/** Ways that leave this page: coming back, the page itself asks whether it is paid (presentation.tsx). */
const LEAVES: ReadonlySet<Detail> = new Set(["redirect", "form"]);

/** A try is under way: what the shopper does next, the quiet "I have paid", and the way to another method. */
export function Waiting({ scene }: { scene: Scene }) {
  const { view, t } = scene;
  if (!view.attempt) return null;
  const wallet = walletOf(view.attempt.method);
  return (
    <>
      <div className="wallet-bar" data-wallet={wallet} />
      <Presented scene={scene} attempt={view.attempt} wallet={wallet} />
      {scene.asked && (
        <p className="note" role="status">
          {t("waiting.asked", { wallet: appName(t, wallet) })}
        </p>
      )}
      <div className="quiet-row">
        {(scene.go || !LEAVES.has(view.detail)) && (
          <TokenForm action={scene.forms.paid} token={view.token} data-paid-form>
            <button type="submit" className="quiet" suppressHydrationWarning>
              {t("waiting.have_paid")}
            </button>
          </TokenForm>
        )}
        <a className="quiet" href={`/pay/${view.token}?choose=1`}>
          {t("waiting.other")}
        </a>
      </div>
    </>
  );
}
