import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { saveAccount } from "#app/(dashboard)/dashboard/accounts/actions.ts";
import { schemaFields } from "#app/(dashboard)/dashboard/accounts/schema-fields.ts";
import { windowRows } from "#app/(dashboard)/dashboard/accounts/windows.ts";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { AccountForm } from "#components/dashboard/account-form.tsx";
import { AccountFrame } from "#components/dashboard/account-frame.tsx";
import { accountWords } from "#components/dashboard/account-words.ts";
import { CapabilityList } from "#components/dashboard/capability-list.tsx";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { gatewayById } from "#lib/gateways/registry.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("accounts.title");

/** A new contract with the gateway the address names. */
export default async function NewAccountPage({ searchParams }: { searchParams: Promise<{ gateway?: string }> }) {
  const screen = await openScreen("/dashboard/accounts", "edit_accounts");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant } = screen;
  const gateway = gatewayById(String((await searchParams).gateway ?? ""));
  if (!gateway) notFound();
  const fields = [...schemaFields("credentials", gateway.credentials, null), ...schemaFields("settings", gateway.settings, null)];
  return (
    <AccountFrame t={t} title={t("accounts.addOf", { gateway: gateway.title })}>
      <AccountForm
        submit={saveAccount}
        hidden={{ merchant: merchant.id, gateway: gateway.id }}
        stored={false}
        account={{
          ...{ title: gateway.title, baseUrl: "", position: 0, live: false, active: true },
          ...{ weight: 1, windows: windowRows([], gateway.currencies) },
        }}
        currencies={gateway.currencies}
        fields={fields}
        confirm={confirmView(screen.user, screen.locale)}
        words={accountWords(t, gateway.document)}
      />
      <CapabilityList t={t} gateway={gateway} />
    </AccountFrame>
  );
}
