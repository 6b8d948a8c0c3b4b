import { toHome } from "#components/dashboard/next-steps.ts";
import { Empty } from "#components/ui/empty.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

/** For somebody whose role does not allow a screen, or who belongs to no merchant. */
export function Refusal({ t, merchant }: { t: Translator<"dashboard">; merchant: { name: string } | null }) {
  if (!merchant)
    return (
      <Empty
        level={1}
        title={t("frame.noMerchant.title")}
        text={t("frame.noMerchant.text")}
        next={[{ href: "/dashboard", word: t("frame.noMerchant.again") }]}
      />
    );
  return (
    <Empty
      level={1}
      title={t("forbidden.title")}
      text={t("forbidden.text", { merchant: merchant.name })}
      next={[{ href: "/dashboard/orders", word: t("missing.back") }]}
    />
  );
}

/** For somebody who looks after a merchant at a screen of the whole installation. */
export function PlatformRefusal({ t }: { t: Translator<"dashboard"> }) {
  return <Empty level={1} title={t("forbidden.title")} text={t("forbidden.platform")} next={[toHome(t)]} />;
}
