import type { ReactNode } from "react";
import { CopyButton } from "#components/checkout/copyable.tsx";
import { TokenForm } from "#components/checkout/form.tsx";
import { Heading } from "#components/checkout/heading.tsx";
import { JsapiPayment } from "#components/checkout/jsapi.tsx";
import { NarrowPolicy } from "#components/checkout/narrow-policy.tsx";
import { QrCode } from "#components/checkout/qr-code.tsx";
import { appName, type Scene } from "#components/checkout/scene.ts";
import type { Wallet } from "#lib/domain/methods.ts";
import type { Presentation } from "#lib/domain/presentation.ts";
import { formatMoney } from "#lib/i18n/format.ts";
import type { CheckoutView } from "#lib/payments/checkout-view.ts";

export type Attempt = NonNullable<CheckoutView["attempt"]>;

/** What a drawing of a presentation is given. */
export interface Drawing<Kind extends Presentation["kind"]> {
  scene: Scene;
  attempt: Attempt;
  wallet: Wallet;
  shown: Extract<Presentation, { kind: Kind }>;
}

type Draw<Kind extends Presentation["kind"]> = (drawing: Drawing<Kind>) => ReactNode;

// The one switch on a presentation's kind (design.md): a table, so a new kind does not compile until it is drawn.
const DRAWINGS: { [Kind in Presentation["kind"]]: Draw<Kind> } = {
  qr: Qr,
  redirect: Redirect,
  form: PostForm,
  iframe: Iframe,
  jsapi: JsapiPayment,
  app: ({ scene }) => <Heading words={scene.t("waiting.app_words")}>{scene.t("waiting.app_title")}</Heading>,
  none: ({ scene }) => <Heading words={scene.t("waiting.none_words")}>{scene.t("waiting.none_title")}</Heading>,
};

/** Draws what the shopper does next. */
export function Presented({ scene, attempt, wallet }: { scene: Scene; attempt: Attempt; wallet: Wallet }) {
  const shown = attempt.presentation ?? { kind: "none" };
  const draw = DRAWINGS[shown.kind] as Draw<Presentation["kind"]>;
  return (
    <>
      <NarrowPolicy shown={shown} />
      {draw({ scene, attempt, wallet, shown })}
    </>
  );
}

function Qr({ scene, wallet, shown }: Drawing<"qr">) {
  const { t, view, locale } = scene;
  const name = appName(t, wallet);
  if (view.detail === "scanned") return <Seen scene={scene} name={name} text={shown.text} />;
  return (
    <>
      <Heading>{t("waiting.qr_title", { wallet: name })}</Heading>
      <QrCode text={shown.text} label={t("waiting.qr_label", { amount: formatMoney(view.amount, locale), wallet: name })} />
      <ol className="steps">
        <li>{t("waiting.qr_step_1", { wallet: name })}</li>
        <li>{t("waiting.qr_step_2")}</li>
      </ol>
      {!scene.desktop && <p className="small">{t("waiting.qr_same_phone", { wallet: name })}</p>}
      <CopyButton t={t} label="" value={shown.text} words={t("copy.label", { what: t("waiting.qr_link") })} />
      <noscript>
        <meta httpEquiv="refresh" content="5" />
      </noscript>
    </>
  );
}

/** The gateway says that the wallet has the payment open: finish there. The box is the code's, so that nothing else moves. */
function Seen({ scene, name, text }: { scene: Scene; name: string; text: string }) {
  const { t, view, locale } = scene;
  return (
    <>
      <Heading words={t("waiting.scanned_words", { wallet: name })}>{t("waiting.scanned_title", { wallet: name })}</Heading>
      <div className="seen">
        <svg viewBox="24 4 48 88" width="88" height="160" aria-hidden="true">
          <rect x="28" y="8" width="40" height="80" rx="8" />
          <path d="M42 15h12M38 50l7 7 14-15" pathLength={1} />
        </svg>
      </div>
      <details className="details seen-code">
        <summary>{t("waiting.scanned_code")}</summary>
        <QrCode text={text} label={t("waiting.qr_label", { amount: formatMoney(view.amount, locale), wallet: name })} />
      </details>
      <noscript>
        <meta httpEquiv="refresh" content="5" />
      </noscript>
    </>
  );
}

function Redirect({ scene, attempt, wallet, shown }: Drawing<"redirect">) {
  const { t } = scene;
  const name = t(`wallet.${wallet}`);
  if (!scene.go) {
    return (
      <HaveYouPaid scene={scene} name={name}>
        <a className="secondary" href={shown.url} rel="noreferrer">
          {t("back.go", { wallet: name })}
        </a>
      </HaveYouPaid>
    );
  }
  return (
    <>
      <Heading words={t("waiting.redirect_words", { wallet: name })}>{t("waiting.redirect_title", { wallet: name })}</Heading>
      <a className="primary" href={shown.url} rel="noreferrer" data-go={attempt.id} suppressHydrationWarning>
        {t("waiting.redirect_go", { wallet: name })}
      </a>
    </>
  );
}

function PostForm({ scene, attempt, wallet, shown }: Drawing<"form">) {
  const { t } = scene;
  const name = t(`wallet.${wallet}`);
  const form = (className: string, words: string) => (
    <form method="post" action={shown.action} data-go={scene.go ? attempt.id : undefined} suppressHydrationWarning>
      {Object.entries(shown.fields).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      <button type="submit" className={className} suppressHydrationWarning>
        {words}
      </button>
    </form>
  );
  if (!scene.go) {
    return (
      <HaveYouPaid scene={scene} name={name}>
        {form("secondary", t("back.go", { wallet: name }))}
      </HaveYouPaid>
    );
  }
  return (
    <>
      <Heading words={t("waiting.form_words", { wallet: name })}>{t("waiting.form_title", { wallet: name })}</Heading>
      {form("primary", t("waiting.redirect_go", { wallet: name }))}
    </>
  );
}

/**
 * Not just started, so the shopper has been at the wallet, or has come back before paying (WeChat's H5 returns at once):
 * nothing is assumed, the gateway is asked.
 */
function HaveYouPaid({ scene, name, children }: { scene: Scene; name: string; children: ReactNode }) {
  const { t, view } = scene;
  return (
    <>
      <Heading words={t("back.words", { wallet: name })}>{t("back.title")}</Heading>
      <TokenForm action={scene.forms.paid} token={view.token} data-paid-form>
        <button type="submit" className="primary" suppressHydrationWarning>
          {t("waiting.have_paid")}
        </button>
      </TokenForm>
      <div className="back-again">{children}</div>
    </>
  );
}

function Iframe({ scene, wallet, shown }: Drawing<"iframe">) {
  const { t } = scene;
  const name = t(`wallet.${wallet}`);
  return (
    <>
      <Heading>{t("waiting.iframe_title", { wallet: name })}</Heading>
      <iframe
        className="gateway-frame"
        src={shown.url}
        title={t("waiting.iframe_label", { wallet: name })}
        sandbox="allow-forms allow-scripts allow-same-origin allow-popups"
      />
      <a className="quiet" href={shown.url} rel="noreferrer">
        {t("waiting.iframe_open")}
      </a>
    </>
  );
}
