import type { Money } from "#lib/domain/money.ts";
import { moneyParts } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";

/** An amount as the hero of a page: sign small and raised, digits large; the code beside any but yuan, whose sign the yen shares. */
export function Amount({ money, locale }: { money: Money; locale: Locale }) {
  const { sign, digits, signFirst } = moneyParts(money, locale);
  return (
    <p className="amount" data-testid="amount">
      {signFirst ? <small>{sign}</small> : null}
      {digits}
      {signFirst ? null : <small>{sign}</small>}
      {money.currency === "CNY" ? null : <small className="code"> {money.currency}</small>}
    </p>
  );
}
