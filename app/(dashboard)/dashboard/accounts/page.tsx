import type { Metadata } from "next";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { AccountsTable } from "#components/dashboard/accounts-table.tsx";
import { ScreenHead } from "#components/dashboard/chips.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { db } from "#db/client.ts";
import { listAccounts } from "#db/queries/dashboard-accounts.ts";
import { can } from "#lib/auth.ts";
import { GATEWAYS, gatewayById } from "#lib/gateways/registry.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("accounts.title");

/** A merchant's contracts with gateways, in the order they are tried. */
export default async function AccountsPage() {
  const screen = await openScreen("/dashboard/accounts", "view_accounts");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, user } = screen;
  const accounts = await listAccounts(db(), merchant.id);
  const rows = accounts.map((account) => ({ ...account, gatewayTitle: gatewayById(account.gateway)?.title ?? account.gateway }));
  return (
    <>
      <ScreenHead title={t("accounts.title")} lead={t("accounts.lead")} />
      {rows.length === 0 ? <Empty title={t("accounts.empty")} text={t("accounts.emptyText")} /> : <AccountsTable t={t} rows={rows} />}
      {can(user, merchant.id, "edit_accounts") ? (
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
