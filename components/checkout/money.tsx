import type { Money } from "#lib/domain/money.ts";
import { formatMoney, moneyParts } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";

/** The hero: digits large and tabular, the sign smaller and raised, the code beside it. Read aloud as one amount. */
export function BigAmount({ money, locale }: { money: Money; locale: Locale }) {
  const parts = moneyParts(money, locale);
  const sign = <span className="amount-sign">{parts.sign}</span>;
  return (
    <p className="amount">
      <span className="visually-hidden">{formatMoney(money, locale)}</span>
      <span aria-hidden="true">
        {parts.signFirst && sign}
        <span className="amount-digits">{parts.digits}</span>
        {!parts.signFirst && sign}
        <span className="amount-code">{parts.code}</span>
      </span>
    </p>
  );
}
