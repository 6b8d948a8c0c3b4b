import { openSandbox } from "#app/(sandbox)/open-sandbox.ts";
import { AutoReload } from "#components/sandbox/auto-reload.tsx";
import { Goods, OtherGateways } from "#components/sandbox/goods.tsx";
import { Shell } from "#components/sandbox/shell.tsx";
import { ShopEvents } from "#components/sandbox/shop-events.tsx";
import { listShopEvents } from "#lib/sandbox/listing.ts";

const EVENTS = 30;

/** A tiny shop: goods that lead to checkout links, and everything its webhook receiver was told. */
export default async function ShopPage() {
  const { database, t, locale } = await openSandbox();
  const events = await listShopEvents(database, EVENTS);
  return (
    <Shell t={t} locale={locale} here="/sandbox/shop" title={t("shop.title")} lead={t("shop.lead")}>
      <AutoReload seconds={5} soft />
      <section aria-labelledby="goods">
        <h2 id="goods">{t("shop.goods")}</h2>
        <Goods t={t} />
        <h3>{t("shop.other")}</h3>
        <OtherGateways t={t} />
      </section>
      <section aria-labelledby="received">
        <h2 id="received">{t("shop.received")}</h2>
        <p className="soft">{t("shop.auto")}</p>
        <ShopEvents t={t} locale={locale} events={events} />
      </section>
    </Shell>
  );
}
