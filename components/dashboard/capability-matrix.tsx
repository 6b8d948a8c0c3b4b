import { CAN, has, type NAMES } from "#components/dashboard/capability-list.tsx";
import { Fold } from "#components/dashboard/fold.tsx";
import { methodText } from "#components/dashboard/states.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Scroll } from "#components/ui/scroll.tsx";
import { TABLE } from "#components/ui/table.ts";
import { METHODS, type Method } from "#lib/domain/methods.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Gateway {
  id: string;
  title: string;
  currencies: readonly string[];
  methods: readonly Method[];
  capabilities: Parameters<typeof has>[0];
}

/** What each gateway's document has and has not, side by side: from the registry, so never more than the code can do. */
export function CapabilityMatrix({ t, gateways }: { t: Translator<"dashboard">; gateways: readonly Gateway[] }) {
  const methods = METHODS.filter((method) => gateways.some((gateway) => gateway.methods.includes(method)));
  const rows = [
    ...(Object.keys(CAN) as (typeof NAMES)[number][]).map((name) => ({
      key: name,
      words: t(`accounts.can_${name}`),
      cells: gateways.map(({ capabilities }) => has(capabilities, name)),
    })),
    ...methods.map((method) => ({ key: method, words: methodText(t, method), cells: gateways.map((one) => one.methods.includes(method)) })),
  ];
  return (
    <Fold title={t("accounts.matrix")}>
      <Scroll label={t("accounts.matrix")}>
        <table className={TABLE.table}>
          <thead className={TABLE.head}>
            <tr>
              <th scope="col" className={TABLE.th}>
                {t("accounts.operation")}
              </th>
              {gateways.map(({ id, title }) => (
                <th key={id} scope="col" className={`${TABLE.th} py-1`}>
                  {title} <span className="block font-mono font-normal">{id}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr className={TABLE.row}>
              <th scope="row" className={`${TABLE.td} text-left font-normal whitespace-nowrap`}>
                {t("accounts.windowCurrency")}
              </th>
              {gateways.map(({ id, currencies }) => (
                <td key={id} className={`${TABLE.td} text-xs`}>
                  {currencies.join(" · ")}
                </td>
              ))}
            </tr>
            {rows.map(({ key, words, cells }) => (
              <tr key={key} className={TABLE.row}>
                <th scope="row" className={`${TABLE.td} text-left font-normal whitespace-nowrap`}>
                  {words}
                </th>
                {cells.map((yes, column) => (
                  <td key={gateways[column]?.id} className={TABLE.td}>
                    {yes ? <Icon name="check" className="size-4 text-jade" /> : <span aria-hidden="true">–</span>}
                    <span className="sr-only">{t(yes ? "accounts.yes" : "accounts.cannot")}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Fold>
  );
}
