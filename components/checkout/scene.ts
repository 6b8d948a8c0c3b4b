import type { Problem } from "#lib/domain/errors.ts";
import type { Method, Wallet } from "#lib/domain/methods.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { CheckoutView, View } from "#lib/payments/checkout-view.ts";

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
  /** The view shown: the order's own, or `choose` when the shopper asked for the picker. */
  showing: View;
  locale: Locale;
  t: Translator<"checkout">;
  /** Just started: the script may jump to the wallet, once. */
  go: boolean;
  /** The gateway was just asked and had no payment. */
  asked: boolean;
  problem: Problem | null;
  /** Whether the sandbox is served here, so that its wallet can be linked to. */
  sandbox: boolean;
  desktop: boolean;
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
