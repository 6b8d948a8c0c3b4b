import { AutoReload } from "#components/sandbox/auto-reload.tsx";
import { CashierFrame, type CashierProps } from "#components/sandbox/cashier-frame.tsx";
import { Outcome } from "#components/sandbox/marks.tsx";
import { Qr } from "#components/sandbox/qr.tsx";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { type PaymentRow, walletCompany } from "#lib/sandbox/rows.ts";
import { codeText } from "#lib/sandbox/wallets.ts";

interface Props {
  t: Translator<"sandbox">;
  locale: Locale;
  payment: PaymentRow;
  origin: string;
}

/** The gateway's cashier on a desktop: a code, a way into the wallet, a way out. It reloads itself without JavaScript. */
export function Desk({ origin, ...props }: CashierProps & { origin: string }) {
  const { t, page, payment } = props;
  const wallet = walletCompany(payment.method);
  return (
    <CashierFrame {...props}>
      <AutoReload seconds={3} />
      {page === "alipay_personal" ? <p className="soft">{t("cashier.personal")}</p> : null}
      <figure className="scan-me">
        <Qr text={codeText(wallet, payment.code, origin)} label={t("cashier.qr")} />
        <figcaption>{t("cashier.scan", { wallet: t(`nav.${wallet}`) })}</figcaption>
      </figure>
      <a className="pay" href={`/sandbox/wallet/pay/${payment.code}`} target="_blank" rel="noreferrer">
        {t("cashier.open")}
      </a>
      <a className="quiet" href={`/sandbox/cashier/${page}/${payment.code}/open?closed=1`}>
        {t("cashier.closeDesk")}
      </a>
      <p className="soft fine">{t("cashier.waiting")}</p>
    </CashierFrame>
  );
}

/** The shopper closed the cashier: the document sends nobody back, so there is only a link. */
export function DeskClosed(props: CashierProps) {
  const { t, page, payment } = props;
  return (
    <CashierFrame {...props} bare>
      <Outcome kind="late" />
      <h2>{t("cashier.closed")}</h2>
      {payment.returnUrl && /^https?:/.test(payment.returnUrl) ? (
        <a className="pay" href={payment.returnUrl}>
          {t("cashier.shop")}
        </a>
      ) : null}
      <a className="quiet" href={`/sandbox/cashier/${page}/${payment.code}/open`}>
        {t("wallet.back")}
      </a>
    </CashierFrame>
  );
}

/** What stands in the iframe of seeds/000 §6.1: nothing but the code, and afterwards how it ended. */
export function QrFrame({ t, payment, origin }: Props) {
  if (payment.state !== "INIT")
    return (
      <main className="qr-frame" data-in="frame" data-outcome={payment.state}>
        <Outcome kind={payment.state === "PAID" ? "good" : "late"} />
        <h1>{t(`result.${payment.state}.title`)}</h1>
      </main>
    );
  const wallet = walletCompany(payment.method);
  return (
    <main className="qr-frame" data-in="frame">
      <AutoReload seconds={3} />
      <h1>{t("cashier.scan", { wallet: t(`nav.${wallet}`) })}</h1>
      <Qr text={codeText(wallet, payment.code, origin)} label={t("cashier.qr")} size={200} />
      <a className="quiet" href={`/sandbox/wallet/pay/${payment.code}`} target="_blank" rel="noreferrer">
        {t("cashier.open")}
      </a>
    </main>
  );
}
