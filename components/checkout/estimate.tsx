import { appName, type Scene } from "#components/checkout/scene.ts";
import type { Method } from "#lib/domain/methods.ts";
import { walletOf } from "#lib/domain/methods.ts";
import { shortRate } from "#lib/domain/rate.ts";
import { formatClock, formatMoney } from "#lib/i18n/format.ts";

/**
 * What the amount costs about in CNY, beside the amount itself, once it is clear by which wallet: at whose rate, of when, and
 * that the wallet has the last word. Nothing where no rate is known.
 */
export function EstimateLine({ scene }: { scene: Scene }) {
  const { view, showing, ask, t, locale } = scene;
  const method = showing === "ask" ? ask?.method : showing === "choose" ? undefined : view.attempt?.method;
  const told = method && view.estimates[method];
  if (!method || !told || showing === "paid") return null;
  const rate = { currency: view.amount.currency, rate: shortRate(told.cnyPerUnit), wallet: appName(t, walletOf(method)) };
  return (
    <p className="estimate">
      <span className="estimate-amount">{t("estimate.about", { amount: formatMoney(told.cny, locale) })}</span>
      {t("estimate.rate", { ...rate, time: formatClock(told.toldAt, locale, view.timeZone) })}
    </p>
  );
}

/** The same beside a method's name in the picker: wallets have rates of their own. */
export function MethodEstimate({ scene, method }: { scene: Scene; method: Method }) {
  const told = scene.view.estimates[method];
  if (!told) return null;
  return <span className="method-estimate">{scene.t("estimate.about", { amount: formatMoney(told.cny, scene.locale) })}</span>;
}

/** What the amounts beside the methods are: said once, beneath them, with the oldest rate's time. */
export function EstimatesNote({ scene }: { scene: Scene }) {
  const { view, t, locale } = scene;
  const times = Object.values(view.estimates).map((one) => one.toldAt.getTime());
  if (times.length === 0) return null;
  const time = formatClock(new Date(Math.min(...times)), locale, view.timeZone);
  return <p className="small estimates">{t("estimate.rates", { time })}</p>;
}
