import type { ReactNode } from "react";
import { Amount } from "#components/sandbox/amount.tsx";
import { Mark } from "#components/sandbox/marks.tsx";
import { LanguageSwitch } from "#components/sandbox/shell.tsx";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { CASHIER_PAGES } from "#lib/sandbox/cashier-pages.ts";
import { currencyOf, type PaymentRow, walletCompany } from "#lib/sandbox/rows.ts";

export interface CashierProps {
  t: Translator<"sandbox">;
  locale: Locale;
  page: keyof typeof CASHIER_PAGES;
  payment: PaymentRow;
  merchantName: string;
}

/** What every cashier of a gateway has: its name on top in the wallet's colour; whom to pay, how much and for what, unless `bare`. */
export function CashierFrame({ children, bare = false, ...props }: CashierProps & { children: ReactNode; bare?: boolean }) {
  const { t, locale, page, payment, merchantName } = props;
  const wallet = walletCompany(payment.method);
  return (
    <div className="desk" data-wallet={wallet}>
      <header>
        <Mark wallet={wallet} />
        <h1>{t(`cashier.${page}`)}</h1>
        <LanguageSwitch t={t} locale={locale} here={`/sandbox/cashier/${page}/${payment.code}/open`} />
      </header>
      <main>
        {bare ? null : (
          <>
            <p className="confirm-to">{t("wallet.payTo", { merchant: merchantName })}</p>
            <Amount money={{ minor: payment.amountMinor, currency: currencyOf(payment) }} locale={locale} />
            <p className="soft">{payment.subject}</p>
          </>
        )}
        {children}
      </main>
    </div>
  );
}
