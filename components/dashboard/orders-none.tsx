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
      <Empty
        title={t("orders.empty")}
        text={t("orders.emptyText")}
        next={[{ href: "/dashboard/links", word: t("home.toLinks"), main: true }]}
      />
    );
  }
  const text = number ? `${t("orders.noneNumber", { merchant: merchantName, number })} ${words("numberHelp")}` : t("orders.noneText");
  return (
    <Empty
      title={t("orders.none")}
      text={text}
      next={[
        ...(number && !numberAlone ? [{ href: unfiltered, word: t("orders.searchAll"), main: true }] : []),
        { href: clear, word: t("common.clear") },
      ]}
    />
  );
}
