import { Empty } from "#components/ui/empty.tsx";
import { currentLocale } from "#lib/action.ts";
import { translator } from "#lib/i18n/translator.ts";

/** 404 for what does not exist and for what belongs to others alike. */
export default async function Missing() {
  const t = translator(await currentLocale(), "dashboard");
  return (
    <Empty level={1} title={t("missing.title")} text={t("missing.text")} next={[{ href: "/dashboard/orders", word: t("missing.back") }]} />
  );
}
