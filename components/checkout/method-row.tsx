import { MethodEstimate } from "#components/checkout/estimate.tsx";
import { Mark } from "#components/checkout/mark.tsx";
import { methodName, reasonOf, type Scene } from "#components/checkout/scene.ts";
import { type Method, walletOf } from "#lib/domain/methods.ts";
import type { Offer } from "#lib/domain/offer.ts";

type Hint = "scan" | "here" | "app" | "page" | "card" | "transfer";

// What choosing a shape leads to; a QR code on the very phone that has the wallet is said to be one.
const HINTS: Partial<Record<string, Hint>> = {
  native: "scan",
  qr: "scan",
  jsapi: "here",
  h5: "app",
  desk: "page",
  mp_desk: "page",
  web: "page",
  gateway: "page",
  quick: "page",
  wap: "app",
  transfer: "transfer",
};

/** One way to pay: 64 px high, mark, name and what comes next, or why it cannot be used here. What asks something first leads there. */
export function MethodRow({ scene, offer }: { scene: Scene; offer: Offer }) {
  const { view } = scene;
  if (offer.available && offer.asks.length > 0) {
    return (
      <li>
        <a href={`/pay/${view.token}?ask=${offer.method}`} className="method">
          <RowWords scene={scene} offer={offer} />
        </a>
      </li>
    );
  }
  return (
    <li>
      <button type="submit" name="method" value={offer.method} className="method" disabled={!offer.available} suppressHydrationWarning>
        <RowWords scene={scene} offer={offer} />
      </button>
    </li>
  );
}

function RowWords({ scene, offer }: { scene: Scene; offer: Offer }) {
  const below = reasonOf(scene, offer) ?? hintOf(scene, offer.method);
  return (
    <>
      <Mark wallet={walletOf(offer.method)} />
      <span className="method-words">
        <span className={below ? "method-text two" : "method-text"}>
          <span className="method-name">{methodName(scene.t, offer.method)}</span>
          {below && <span className="method-reason">{below}</span>}
        </span>
        {offer.available && <MethodEstimate scene={scene} method={offer.method} />}
      </span>
      {offer.available && <span className="chevron" aria-hidden="true" />}
    </>
  );
}

function hintOf({ t, desktop, view }: Scene, method: Method): string | null {
  if (view.otherLive.includes(method)) return t("hint.alive");
  if (view.attempt?.method === method && view.attempt.problem === "gateway_unreachable") return t("hint.down");
  if (method === "unionpay.wap") return t("hint.card");
  const hint = HINTS[method.slice(method.indexOf(".") + 1)];
  if (!hint) return null;
  return t(`hint.${hint === "scan" && !desktop ? "code" : hint}`);
}
