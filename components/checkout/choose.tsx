import { BrowserHint } from "#components/checkout/browser-hint.tsx";
import { EstimatesNote } from "#components/checkout/estimate.tsx";
import { TokenForm } from "#components/checkout/form.tsx";
import { Heading } from "#components/checkout/heading.tsx";
import { Mark } from "#components/checkout/mark.tsx";
import { MethodRow } from "#components/checkout/method-row.tsx";
import { methodName, type Scene } from "#components/checkout/scene.ts";
import { type Method, walletOf } from "#lib/domain/methods.ts";
import type { Offer } from "#lib/domain/offer.ts";

/** The picker: what works here, best first; then what does not, and why. Choosing is a form post, so a GET starts nothing. */
export function Choose({ scene }: { scene: Scene }) {
  const { t, view } = scene;
  const usable = view.offers.filter((one) => one.available);
  if (usable.length === 0) return <Nothing scene={scene} />;
  const sole = scene.view.view === "choose" && scene.showing === "choose" ? view.soleMethod : null;
  const rest = usable.filter((one) => one.method !== sole);
  return (
    <>
      <Heading>{t("choose.title")}</Heading>
      <Resume scene={scene} />
      {sole && <SoleMethod scene={scene} method={sole} />}
      {rest.length > 0 && <Rows scene={scene} offers={rest} />}
      <EstimatesNote scene={scene} />
      <Unusable scene={scene} usable={usable} />
      <BrowserHint scene={scene} />
    </>
  );
}

function SoleMethod({ scene, method }: { scene: Scene; method: Method }) {
  const { t, view } = scene;
  // The script submits this form once for an order and start key; a problem just shown is not answered by trying again.
  const auto = scene.problem ? undefined : `${view.orderId} ${method} ${scene.startKey}`;
  return (
    <TokenForm action={scene.forms.start} token={view.token} className="sole" data-auto={auto}>
      <button type="submit" name="method" value={method} className="primary" suppressHydrationWarning>
        <Mark wallet={walletOf(method)} size={24} />
        {t("choose.continue", { method: methodName(t, method) })}
      </button>
    </TokenForm>
  );
}

/** Ways to pay, each a button of one form. */
export function Rows({ scene, offers }: { scene: Scene; offers: readonly Offer[] }) {
  return (
    <TokenForm action={scene.forms.start} token={scene.view.token}>
      <ul className="methods">
        {offers.map((one) => (
          <MethodRow key={one.method} scene={scene} offer={one} />
        ))}
      </ul>
    </TokenForm>
  );
}

/**
 * A wallet that does not work here at all is shown openly, and so is what only fails for now; folded away are another shape of
 * a wallet that works, and what never takes this currency, which no other browser changes.
 */
function Unusable({ scene, usable }: { scene: Scene; usable: Offer[] }) {
  const wallets = new Set(usable.map((one) => walletOf(one.method)));
  const unusable = scene.view.offers.filter((one) => !one.available);
  const open = unusable.filter(({ reason, method }) => reason === "down" || (reason !== "currency" && !wallets.has(walletOf(method))));
  const folded = unusable.filter((one) => !open.includes(one));
  return (
    <>
      {open.length > 0 && <Rows scene={scene} offers={open} />}
      {folded.length > 0 && (
        <details className="details">
          <summary>
            {scene.t("choose.unavailable")} ({folded.length})
          </summary>
          <Rows scene={scene} offers={folded} />
        </details>
      )}
    </>
  );
}

/** A try still alive is offered first: taking it up again starts nothing new. */
function Resume({ scene }: { scene: Scene }) {
  const { t, view } = scene;
  const alive = view.view === "waiting" || view.view === "processing" ? view.attempt : null;
  if (!alive) return null;
  const method = methodName(t, alive.method);
  return (
    <p className="note">
      {t("choose.resume_words", { method })} <a href={`/pay/${view.token}`}>{t("choose.resume", { method })}</a>
    </p>
  );
}

function Nothing({ scene }: { scene: Scene }) {
  const { t, view } = scene;
  const elsewhere = view.offers.some((one) => one.reason !== "currency");
  const down = view.offers.some((one) => one.reason === "down");
  const words = down ? "choose.none_down" : elsewhere ? "choose.none_here" : "choose.none";
  return (
    <>
      <Heading words={t(words, { currency: view.amount.currency })}>{t("choose.none_title")}</Heading>
      {down && (
        <a className="secondary look-again" href={`/pay/${view.token}`}>
          {t("choose.look_again")}
        </a>
      )}
      <Unusable scene={scene} usable={[]} />
      <BrowserHint scene={scene} />
    </>
  );
}
