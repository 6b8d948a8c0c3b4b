import type { ReactNode } from "react";
import { BankField, CardKind, CardNumberField, PayerFields } from "#components/checkout/ask-fields.tsx";
import { TokenForm } from "#components/checkout/form.tsx";
import { Heading } from "#components/checkout/heading.tsx";
import { methodName, type Scene } from "#components/checkout/scene.ts";
import type { ShopperAsk } from "#lib/domain/asks.ts";
import { walletOf } from "#lib/domain/methods.ts";

/** What a question's fields are drawn from. */
export interface Asking {
  scene: Scene;
  banks: readonly { code: string; name: string }[];
}

// One drawing a question; a new kind does not compile until it has one.
const QUESTIONS: Record<ShopperAsk, (asking: Asking) => ReactNode> = {
  bank: (asking) => (
    <>
      <BankField {...asking} name="bank" />
      <CardKind {...asking} />
    </>
  ),
  card_number: (asking) => <CardNumberField {...asking} />,
  payer: (asking) => <PayerFields {...asking} />,
};

/**
 * One step before a method that has to know something first: which bank, which card, who transfers. What is answered is
 * posted, passed on and forgotten: no address has it, no page shows it again.
 */
export function Ask({ scene }: { scene: Scene }) {
  const { t, view, ask } = scene;
  if (!ask) return null;
  const wallet = t(`wallet.${walletOf(ask.method)}`);
  return (
    <>
      <div className="wallet-bar" data-wallet={walletOf(ask.method)} />
      <Heading words={t(`ask.${ask.asks[0] ?? "bank"}_words`, { wallet })}>{methodName(t, ask.method)}</Heading>
      <TokenForm action={scene.forms.start} token={view.token} className="ask">
        {ask.asks.map((one) => (
          <div key={one}>{QUESTIONS[one]({ scene, banks: ask.banks })}</div>
        ))}
        <button type="submit" name="method" value={ask.method} className="primary" suppressHydrationWarning>
          {t("ask.continue")}
        </button>
      </TokenForm>
      <p className="small ask-kept">{t("ask.kept")}</p>
      <p className="quiet-row">
        <a className="quiet" href={`/pay/${view.token}?choose=1`}>
          {t("waiting.other")}
        </a>
      </p>
    </>
  );
}
