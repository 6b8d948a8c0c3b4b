import { isCurrency } from "#lib/domain/currency.ts";
import { formatMajor } from "#lib/domain/money.ts";
import { formatMoney, moneyParts } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locale.ts";

interface Row {
  amount: bigint;
  currency: string;
}

/** An amount of a row in the reader's manner, e.g. "HK$88.00". */
export function moneyText(row: Row, locale: Locale): string {
  return isCurrency(row.currency) ? formatMoney({ minor: row.amount, currency: row.currency }, locale) : `${row.amount} ${row.currency}`;
}

/** Digits only, for columns that name the currency beside them and for inputs. */
export function digitsText(row: Row): string {
  return isCurrency(row.currency) ? formatMajor({ minor: row.amount, currency: row.currency }) : row.amount.toString();
}

/** The large amount of a page: digits large, sign small and raised, code beside it. */
export function LargeMoney({ row, locale, size = "text-[40px] leading-[44px]" }: { row: Row; locale: Locale; size?: string }) {
  if (!isCurrency(row.currency)) return <span>{moneyText(row, locale)}</span>;
  const { sign, digits, code } = moneyParts({ minor: row.amount, currency: row.currency }, locale);
  return (
    <span className={`inline-flex items-start font-semibold whitespace-nowrap tabular-nums ${size}`}>
      {sign === code ? null : <span className="mt-[0.12em] mr-[0.1em] text-[0.5em] leading-none">{sign}</span>}
      {digits}
      <span className="mt-[0.22em] ml-[0.35em] text-[0.35em] leading-none font-normal text-ink-soft">{code}</span>
    </span>
  );
}
