import { Mark } from "#components/checkout/mark.tsx";
import { methodName, type Scene } from "#components/checkout/scene.ts";
import { type Method, walletOf } from "#lib/domain/methods.ts";
import type { Offer } from "#lib/domain/offer.ts";

type Hint = "scan" | "here" | "app" | "page";

// What choosing a shape leads to; a QR code on the very phone that has the wallet is said to be one.
const HINTS: Partial<Record<string, Hint>> = {
  native: "scan",
  qr: "scan",
  jsapi: "here",
  h5: "app",
  wap: "app",
  desk: "page",
  mp_desk: "page",
  web: "page",
  gateway: "page",
  quick: "page",
};

/** One way to pay: 64 px high, mark, name and what comes next, or why it cannot be used here. */
export function MethodRow({ scene, offer }: { scene: Scene; offer: Offer }) {
  const { t, view } = scene;
  const reason = offer.reason ? t(`reason.${offer.reason}`, { currency: view.amount.currency }) : hintOf(scene, offer.method);
  return (
    <li>
      <button type="submit" name="method" value={offer.method} className="method" disabled={!offer.available} suppressHydrationWarning>
        <Mark wallet={walletOf(offer.method)} />
        <span className="method-words">
          <span className="method-name">{methodName(t, offer.method)}</span>
          {reason && <span className="method-reason">{reason}</span>}
        </span>
        {offer.available && <span className="chevron" aria-hidden="true" />}
      </button>
    </li>
  );
}

function hintOf({ t, desktop, view }: Scene, method: Method): string | null {
  if (view.otherLive.includes(method)) return t("hint.alive");
  const hint = HINTS[method.slice(method.indexOf(".") + 1)];
  if (!hint) return null;
  return t(`hint.${hint === "scan" && !desktop ? "code" : hint}`);
}
