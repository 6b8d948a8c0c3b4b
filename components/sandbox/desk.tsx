import { Amount } from "#components/sandbox/amount.tsx";
import { AutoReload } from "#components/sandbox/auto-reload.tsx";
import { Mark, Outcome } from "#components/sandbox/marks.tsx";
import { Qr } from "#components/sandbox/qr.tsx";
import { LanguageSwitch } from "#components/sandbox/shell.tsx";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { currencyOf, type PaymentRow, walletCompany } from "#lib/sandbox/rows.ts";

type DeskPage = "pc_desk" | "mp_desk" | "alipay_desk" | "alipay_wap";
interface Props {
  t: Translator<"sandbox">;
  locale: Locale;
  payment: PaymentRow;
}

/** The gateway's cashier on a desktop: a code, a way into the wallet, a way out. It reloads itself without JavaScript. */
export function Desk({ t, locale, page, payment, merchantName }: Props & { page: DeskPage; merchantName: string }) {
  const here = `/sandbox/cashier/${page}/${payment.code}`;
  return (
    <div className="desk" data-wallet={walletCompany(payment.method)}>
      <AutoReload seconds={3} />
      <header>
        <Mark wallet={walletCompany(payment.method)} />
        <h1>{t(`cashier.${page}`)}</h1>
        <LanguageSwitch t={t} locale={locale} here={here} />
      </header>
      <main>
        <p className="confirm-to">{t("wallet.payTo", { merchant: merchantName })}</p>
        <Amount money={{ minor: payment.amountMinor, currency: currencyOf(payment) }} locale={locale} />
        <p className="soft">{payment.subject}</p>
        <ScanMe t={t} payment={payment} />
        <a className="pay" href={`/sandbox/wallet/pay/${payment.code}`} target="_blank" rel="noreferrer">
          {t("cashier.open")}
        </a>
        <a className="quiet" href={`${here}?closed=1`}>
          {t("cashier.closeDesk")}
        </a>
        <p className="soft fine">{t("cashier.waiting")}</p>
      </main>
    </div>
  );
}

/** The shopper closed the cashier: the document sends nobody back, so there is only a link. */
export function DeskClosed({ t, locale, page, payment }: Props & { page: DeskPage }) {
  const here = `/sandbox/cashier/${page}/${payment.code}?closed=1`;
  return (
    <div className="desk" data-wallet={walletCompany(payment.method)}>
      <header>
        <Mark wallet={walletCompany(payment.method)} />
        <h1>{t(`cashier.${page}`)}</h1>
        <LanguageSwitch t={t} locale={locale} here={here} />
      </header>
      <main>
        <Outcome kind="late" />
        <h2>{t("cashier.closed")}</h2>
        {payment.returnUrl && /^https?:/.test(payment.returnUrl) ? (
          <a className="pay" href={payment.returnUrl}>
            {t("cashier.shop")}
          </a>
        ) : null}
        <a className="quiet" href={`/sandbox/cashier/${page}/${payment.code}`}>
          {t("wallet.back")}
        </a>
      </main>
    </div>
  );
}

/** What stands in the iframe of seeds/000 §6.1: nothing but the code, and afterwards how it ended. */
export function QrFrame({ t, payment }: Props) {
  if (payment.state !== "INIT")
    return (
      <main className="qr-frame" data-in="frame" data-outcome={payment.state}>
        <Outcome kind={payment.state === "PAID" ? "good" : "late"} />
        <h1>{t(`result.${payment.state}.title`)}</h1>
      </main>
    );
  return (
    <main className="qr-frame" data-in="frame">
      <AutoReload seconds={3} />
      <h1>{t("cashier.scanAlipay")}</h1>
      <Qr text={qrText(payment)} label={t("cashier.qr")} size={200} />
      <a className="quiet" href={`/sandbox/wallet/pay/${payment.code}`} target="_blank" rel="noreferrer">
        {t("cashier.open")}
      </a>
    </main>
  );
}

function ScanMe({ t, payment }: { t: Translator<"sandbox">; payment: PaymentRow }) {
  const wallet = walletCompany(payment.method);
  return (
    <figure className="scan-me">
      <Qr text={qrText(payment)} label={t("cashier.qr")} />
      <figcaption>{t(wallet === "alipay" ? "cashier.scanAlipay" : "cashier.scanWechat")}</figcaption>
    </figure>
  );
}

/** The texts the wallets' scanners know (seeds/000 §4.3, §7.1). */
function qrText(payment: PaymentRow): string {
  return walletCompany(payment.method) === "alipay"
    ? `https://qr.alipay.com/${payment.code}`
    : `weixin://wxpay/bizpayurl?pr=${payment.code}`;
}
