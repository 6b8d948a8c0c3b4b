import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

/** No order to show: none at all, or none that fits, and what to do next. */
export function NothingFound(props: {
  t: Translator<"dashboard">;
  words: Translator<"ledger">;
  merchantName: string;
  number: string | null;
  narrowed: boolean;
  numberAlone: boolean;
  clear: string;
  /** The number alone, without what else narrows. */
  unfiltered: string;
}) {
  const { t, words, merchantName, number, narrowed, numberAlone, clear, unfiltered } = props;
  if (!narrowed) {
    return (
      <Empty title={t("orders.empty")} text={t("orders.emptyText")}>
        <a href="/dashboard/links" className={BUTTON.primary}>
          {t("home.toLinks")}
        </a>
      </Empty>
    );
  }
  const text = number ? `${t("orders.noneNumber", { merchant: merchantName, number })} ${words("numberHelp")}` : t("orders.noneText");
  return (
    <Empty title={t("orders.none")} text={text}>
      {number && !numberAlone ? (
        <a href={unfiltered} className={BUTTON.primary}>
          {t("orders.searchAll")}
        </a>
      ) : null}
      <a href={clear} className={BUTTON.secondary}>
        {t("common.clear")}
      </a>
    </Empty>
  );
}
