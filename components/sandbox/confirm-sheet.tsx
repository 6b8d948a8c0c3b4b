import { Amount } from "#components/sandbox/amount.tsx";
import type { Place } from "#components/sandbox/phone-shell.tsx";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { WALLET_FAULTS } from "#lib/sandbox/faults.ts";
import { fitsGateway } from "#lib/sandbox/gateways.ts";
import { currencyOf, type PaymentRow, walletCompany } from "#lib/sandbox/rows.ts";
import { HONG_KONG_WALLETS } from "#lib/sandbox/wallets.ts";

/** Where the money comes from; a Hong Kong wallet only where the company has one. */
const SOURCES = [
  ["balance", "balance", "balanceNote"],
  ["empty", "empty", "emptyNote"],
  ["hong_kong", "hongKong", "hongKongNote"],
] as const;

/** What the wallet shows before it pays: how much, to whom, from where; and in the sandbox, what shall go wrong. */
export function ConfirmSheet(props: {
  t: Translator<"sandbox">;
  locale: Locale;
  payment: PaymentRow;
  merchantName: string;
  place: Place;
  problem: string | null;
}) {
  const { t, locale, payment, merchantName, place, problem } = props;
  const currency = currencyOf(payment);
  const company = walletCompany(payment.method);
  const sources = SOURCES.filter(([value]) => value !== "hong_kong" || HONG_KONG_WALLETS.has(company));
  const faults = WALLET_FAULTS.filter((id) => fitsGateway(id, payment.gateway));
  return (
    <form method="post" action="/sandbox/act" className={`confirm confirm-${company}`}>
      <input type="hidden" name="code" value={payment.code} />
      <input type="hidden" name="in" value={place} />
      <p className="confirm-to">{t("wallet.payTo", { merchant: merchantName })}</p>
      <Amount money={{ minor: payment.amountMinor, currency }} locale={locale} />
      {currency === "CNY" ? null : (
        <p className="confirm-rate">
          {t("wallet.about", { amount: `${payment.payAmount} ${payment.payCurrency}`, currency, rate: payment.exchangeRate })}
        </p>
      )}
      <div aria-live="polite">
        {problem ? (
          <p className="alert" role="alert">
            {problem}
          </p>
        ) : null}
      </div>
      <dl className="confirm-facts">
        <dt>{t("wallet.subject")}</dt>
        <dd>{payment.subject}</dd>
        {payment.clientNo ? <dt>{t("wallet.order")}</dt> : null}
        {payment.clientNo ? <dd className="mono">{payment.clientNo}</dd> : null}
      </dl>
      <fieldset className="sources">
        <legend>{t("wallet.method")}</legend>
        {sources.map(([value, name, note], index) => (
          <label key={value}>
            <input type="radio" name="wallet" value={value} defaultChecked={index === 0} />
            <span>{t(`wallet.${name}`)}</span>
            <small>{t(`wallet.${note}`)}</small>
          </label>
        ))}
      </fieldset>
      <details className="fault-fields">
        <summary>{t("wallet.fault")}</summary>
        <label>
          {t("console.fault")}
          <select name="fault" defaultValue="">
            <option value="">{t("wallet.faultNone")}</option>
            {faults.map((id) => (
              <option key={id} value={id}>
                {t(`fault.${id}.title`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t("wallet.seconds")}
          <input name="seconds" inputMode="numeric" pattern="\d{0,3}" maxLength={3} size={4} />
        </label>
      </details>
      <button type="submit" name="do" value="pay" className="pay">
        {t("wallet.pay")}
      </button>
      <div className="confirm-others">
        <button type="submit" name="do" value="decline">
          {t("wallet.decline")}
        </button>
        <button type="submit" name="do" value="insufficient">
          {t("wallet.insufficient")}
        </button>
        <button type="submit" name="do" value="leave">
          {t("wallet.leave")}
        </button>
      </div>
    </form>
  );
}
