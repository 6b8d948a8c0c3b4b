import type { Problem } from "#lib/domain/errors.ts";
import type { Method, Wallet } from "#lib/domain/methods.ts";
import type { Offer } from "#lib/domain/offer.ts";
import { type Browser, isInApp } from "#lib/domain/shopper.ts";
import { formatMoney } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { CheckoutView, View } from "#lib/payments/checkout-view.ts";

/** What a page can show: a view of the order, or the questions of a method (`?ask=<method>`). */
export type Showing = View | "ask";

/** A form's target: a server action, or an address (tests). */
export type FormTarget = string | ((form: FormData) => Promise<void>);

/** The forms of the checkout page; every one posts `token`. */
export interface CheckoutForms {
  /** `method`: start or resume a try. */
  start: FormTarget;
  /** "I have paid": ask the gateway. */
  paid: FormTarget;
  /** Cancel the order and go back to the shop. */
  cancel: FormTarget;
}

/** All that a checkout page is drawn from: what the database says, and what this one request adds. */
export interface Scene {
  view: CheckoutView;
  /** The view shown: the order's own, `choose` when the shopper asked for the picker, or `ask`, one step behind it. */
  showing: Showing;
  /** The offer whose questions are asked (`showing` is `ask`). */
  ask: Offer | null;
  locale: Locale;
  t: Translator<"checkout">;
  /** Just started: the script may jump to the wallet, once. */
  go: boolean;
  /** The gateway was just asked and had no payment. */
  asked: boolean;
  problem: Problem | null;
  /** Whether the sandbox is served here, so that its wallet can be linked to. */
  sandbox: boolean;
  browser: Browser;
  /** A screen that another phone can scan. */
  desktop: boolean;
  /** The request's, for the shop's colours. */
  nonce: string | undefined;
  /** This page's full address, for copying into another browser. */
  pageUrl: string;
  /** Changes when a start would do something new (the openid is known now), so that the script may submit once more. */
  startKey: string;
  forms: CheckoutForms;
}

/** The method's name for a person. */
export function methodName(t: Translator<"checkout">, method: Method): string {
  return t(`method.${method}`);
}

/** The app a person opens: "WeChat", not "WeChat Pay". */
export function appName(t: Translator<"checkout">, wallet: Wallet): string {
  return t(`app.${wallet}`);
}

/** Whether the order may still be paid by choosing a method. */
export function canChoose(view: CheckoutView): boolean {
  return (
    view.offers.length > 0 && (view.view === "choose" || view.view === "waiting" || view.view === "processing" || view.view === "failed")
  );
}

/** The offer behind `?ask=<method>`, when it can be used here and has something to ask. */
export function askedOffer(view: CheckoutView, method: unknown): Offer | null {
  return (canChoose(view) && view.offers.find((one) => one.method === method && one.available && one.asks.length > 0)) || null;
}

/** Why a method cannot be used here, in one sentence. */
export function reasonOf({ t, view, browser, locale }: Scene, offer: Offer): string | null {
  if (!offer.reason) return null;
  const { min, max } = offer.limits ?? { min: null, max: null };
  if (offer.reason === "amount" && min && max)
    return t("reason.amount_between", { min: formatMoney(min, locale), max: formatMoney(max, locale) });
  if (offer.reason === "amount" && min) return t("reason.amount_from", { min: formatMoney(min, locale) });
  if (offer.reason === "amount" && max) return t("reason.amount_to", { max: formatMoney(max, locale) });
  return t(`reason.${offer.reason}`, { currency: view.amount.currency, app: t(`in_app.${isInApp(browser) ? browser : "wechat"}`) });
}
