import { digitsText } from "#components/dashboard/money.tsx";
import { TABLE } from "#components/ui/table.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Limits {
  currency: string;
  approvalAbove: bigint | null;
  dailyCap: bigint | null;
}

/** The limits of refunds, for who may look and not change. */
export function LimitsTable({ t, limits }: { t: Translator<"settings">; limits: readonly Limits[] }) {
  const text = (amount: bigint | null, currency: string) => (amount === null ? t("limits.none") : digitsText({ amount, currency }));
  return (
    <>
      {limits.length > 0 ? (
        <table className={TABLE.table}>
          <thead className="text-left text-xs text-ink-soft">
            <tr>
              <th scope="col" className={TABLE.th}>
                <span className="sr-only">{t("limits.title")}</span>
              </th>
              <th scope="col" className={TABLE.thNumber}>
                {t("limits.approval")}
              </th>
              <th scope="col" className={TABLE.thNumber}>
                {t("limits.daily")}
              </th>
            </tr>
          </thead>
          <tbody>
            {limits.map(({ currency, approvalAbove, dailyCap }) => (
              <tr key={currency} className="h-10 border-t border-line">
                <th scope="row" className={`${TABLE.td} text-left font-medium`}>
                  {currency}
                </th>
                <td className={TABLE.tdNumber}>{text(approvalAbove, currency)}</td>
                <td className={TABLE.tdNumber}>{text(dailyCap, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p>{t("limits.none")}</p>
      )}
      <p className="text-sm text-ink-soft">{t("limits.readOnly")}</p>
    </>
  );
}
