import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { resume } from "#app/(dashboard)/dashboard/accounts/[id]/actions.ts";
import { saveAccount, tryAccount } from "#app/(dashboard)/dashboard/accounts/actions.ts";
import { shownAddresses } from "#app/(dashboard)/dashboard/accounts/draft.ts";
import { schemaFields } from "#app/(dashboard)/dashboard/accounts/schema-fields.ts";
import { windowRows } from "#app/(dashboard)/dashboard/accounts/windows.ts";
import { openScreen, type Screen, screenTitle } from "#app/(dashboard)/screen.ts";
import { AccountForm } from "#components/dashboard/account-form.tsx";
import { AccountFrame } from "#components/dashboard/account-frame.tsx";
import { AccountCalls, AccountHealth, type Health } from "#components/dashboard/account-health.tsx";
import { accountWords } from "#components/dashboard/account-words.ts";
import { CapabilityList } from "#components/dashboard/capability-list.tsx";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { CARD } from "#components/ui/card.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { OutcomeForm } from "#components/ui/outcome-form.tsx";
import { db } from "#db/client.ts";
import { type AccountCall, CALLS_MAX, listAccountCalls, readAccountHealth } from "#db/queries/account-health.ts";
import { type AccountRow, readAccount } from "#db/queries/dashboard-accounts.ts";
import { env } from "#lib/env.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { credentialsOf } from "#lib/secrets.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("accounts.title");

const CALLS_SHOWN = 10;

interface Address {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ said?: string }>;
}

/** One contract with a gateway: a trial call, and its form. Secrets can be replaced, never read. */
export default async function AccountPage({ params, searchParams }: Address) {
  const screen = await openScreen("/dashboard/accounts", "edit_accounts");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const row = await readAccount(db(), screen.merchant.id, (await params).id);
  if (!row) notFound();
  const { t, merchant } = screen;
  const { said } = await searchParams;
  const [[health], calls] = await Promise.all([
    readAccountHealth(db(), merchant.id, row.id),
    listAccountCalls(db(), merchant.id, row.id, CALLS_SHOWN),
  ]);
  return (
    <AccountFrame t={t} title={t("accounts.editOf", { name: row.title })}>
      {said === "saved" || said === "resumed" ? <Notice kind="done">{t(`accounts.${said}`)}</Notice> : null}
      <Account screen={screen} row={row} health={health} calls={calls} />
    </AccountFrame>
  );
}

interface Shown {
  screen: Extract<Screen, { kind: "ok" }>;
  row: AccountRow;
  health: Health | undefined;
  calls: readonly AccountCall[];
}

function Account({ screen, row, health, calls }: Shown) {
  const { t, merchant, locale } = screen;
  const reading = { locale, timeZone: merchant.timeZone };
  const hidden = { merchant: merchant.id, account: row.id };
  const gateway = gatewayById(row.gateway);
  if (!gateway) return <Notice kind="problem">{t("accounts.unknownGateway", { gateway: row.gateway })}</Notice>;
  const notify = `${env().PUBLIC_URL}/api/notify/${row.gateway}/${row.id}`;
  const stored = { baseUrl: row.baseUrl, settings: row.settings, credentials: credentialsOf(row) };
  const fields = [
    ...schemaFields("credentials", gateway.credentials, stored.credentials),
    ...schemaFields("settings", gateway.settings, row.settings),
  ];
  return (
    <>
      {stored.credentials ? null : <Notice kind="problem">{t("accounts.sealed")}</Notice>}
      {row.settings.insecureTransport === true ? <Notice kind="problem">{t("accounts.insecureHint")}</Notice> : null}
      <section className={`${CARD} grid gap-3`}>
        <div>
          <div className="text-xs text-ink-soft">{t("accounts.notify")}</div>
          <div className="font-mono text-xs break-all">
            {notify} <CopyButton text={notify} label={t("common.copy", { what: t("accounts.notify") })} done={t("common.copied")} />
          </div>
        </div>
        <p className="text-xs text-ink-soft">{t("accounts.testHint")}</p>
        <OutcomeForm submit={tryAccount} hidden={hidden} look="secondary" busy={t("common.working")}>
          {t("accounts.test")}
        </OutcomeForm>
        <p className="text-xs text-ink-soft">{t("accounts.testAfter")}</p>
      </section>
      {health ? <AccountHealth t={t} reading={reading} health={health} hidden={hidden} resume={resume} callsMax={CALLS_MAX} /> : null}
      <AccountForm
        submit={saveAccount}
        hidden={{ ...hidden, gateway: gateway.id }}
        stored={stored.credentials !== null}
        addresses={shownAddresses(gateway, stored)}
        account={{
          ...{ title: row.title, baseUrl: row.baseUrl, position: row.position, live: row.live, active: row.active },
          ...{ weight: row.weight, windows: windowRows(row.amountWindows, gateway.currencies) },
        }}
        currencies={gateway.currencies}
        fields={fields}
        confirm={confirmView(screen.user, screen.locale)}
        words={accountWords(t, gateway.document)}
      />
      <AccountCalls t={t} reading={reading} calls={calls} />
      <CapabilityList t={t} gateway={gateway} />
    </>
  );
}
