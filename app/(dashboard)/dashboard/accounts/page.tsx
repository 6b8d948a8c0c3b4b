import type { Metadata } from "next";
import { move } from "#app/(dashboard)/dashboard/accounts/[id]/actions.ts";
import { saveRouting } from "#app/(dashboard)/dashboard/accounts/actions.ts";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { AccountsTable } from "#components/dashboard/accounts-table.tsx";
import { CapabilityMatrix } from "#components/dashboard/capability-matrix.tsx";
import { ScreenHead } from "#components/dashboard/chips.tsx";
import { moneyText } from "#components/dashboard/money.tsx";
import { toHome } from "#components/dashboard/next-steps.ts";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { RoutingForm } from "#components/dashboard/routing-form.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { readAccountHealth } from "#db/queries/account-health.ts";
import { listAccounts, readRouting } from "#db/queries/dashboard-accounts.ts";
import { can } from "#lib/auth.ts";
import { type AmountWindow, windowsOf } from "#lib/domain/routing.ts";
import { GATEWAYS, gatewayById } from "#lib/gateways/registry.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("accounts.title");

/** A merchant's contracts with gateways, in the order they are tried. */
export default async function AccountsPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const screen = await openScreen("/dashboard/accounts", "view_accounts");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, user, locale } = screen;
  const [accounts, routing, health, { said }] = await Promise.all([
    listAccounts(db(), merchant.id),
    readRouting(db(), merchant.id),
    readAccountHealth(db(), merchant.id),
    searchParams,
  ]);
  const rows = accounts.map((account) => ({
    ...account,
    gatewayTitle: gatewayById(account.gateway)?.title ?? account.gateway,
    windows: windowsOf(account.amountWindows).map((window) => windowText(window, t, locale)),
  }));
  const mayEdit = can(user, merchant.id, "edit_accounts");
  return (
    <>
      <ScreenHead title={t("accounts.title")} lead={t("accounts.lead")} />
      {said === "routing" ? <Notice kind="done">{t("accounts.routingSaved")}</Notice> : null}
      {said === "refused" ? <Notice kind="problem">{t("accounts.origin")}</Notice> : null}
      {said === "moved" ? <Notice kind="done">{t("accounts.moved")}</Notice> : null}
      {rows.length === 0 ? (
        <Empty
          title={t("accounts.empty")}
          text={t("accounts.emptyText")}
          next={[mayEdit ? { href: "#add", word: t("accounts.add"), main: true } : toHome(t)]}
        />
      ) : (
        <div id="order" className="grid grid-cols-[minmax(0,1fr)] gap-2 pt-2">
          <AccountsTable t={t} locale={locale} rows={rows} health={health} merchantId={merchant.id} move={mayEdit ? move : null} />
          <CapabilityMatrix t={t} gateways={GATEWAYS} />
        </div>
      )}
      {rows.length > 0 ? <RoutingForm t={t} merchantId={merchant.id} routing={routing} save={mayEdit ? saveRouting : null} /> : null}
      {mayEdit ? (
        <section aria-labelledby="add" className="grid gap-2 pt-6">
          <h2 id="add" className="font-semibold">
            {t("accounts.add")}
          </h2>
          <p className="flex flex-wrap gap-2">
            {GATEWAYS.map((gateway) => (
              <a key={gateway.id} href={`/dashboard/accounts/new?gateway=${gateway.id}`} className={BUTTON.secondary}>
                {gateway.title} <span className="font-mono text-xs text-ink-soft">{gateway.id}</span>
              </a>
            ))}
          </p>
        </section>
      ) : null}
    </>
  );
}

function windowText({ currency, min, max }: AmountWindow, t: Translator<"dashboard">, locale: Locale): string {
  const money = (amount: bigint) => moneyText({ amount, currency }, locale);
  if (min === null) return max === null ? currency : t("accounts.upTo", { max: money(max) });
  return max === null ? t("accounts.from", { min: money(min) }) : t("accounts.between", { min: money(min), max: money(max) });
}
