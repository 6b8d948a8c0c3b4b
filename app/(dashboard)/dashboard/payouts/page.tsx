import type { Metadata } from "next";
import { showBalance } from "#app/(dashboard)/dashboard/payouts/actions.ts";
import { type Payable, payableAccounts } from "#app/(dashboard)/dashboard/payouts/payable.ts";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { BalanceForm } from "#components/dashboard/balance-form.tsx";
import { Chips, ScreenHead } from "#components/dashboard/chips.tsx";
import { toAccounts } from "#components/dashboard/next-steps.ts";
import { channelText } from "#components/dashboard/payout-words.ts";
import { PayoutsTable } from "#components/dashboard/payouts-table.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { db } from "#db/client.ts";
import { listAccounts } from "#db/queries/dashboard-accounts.ts";
import { readCursor } from "#db/queries/dashboard-page.ts";
import { listPayouts } from "#db/queries/dashboard-payouts.ts";
import { can } from "#lib/auth.ts";
import { PAYOUT_STATES } from "#lib/domain/payout.ts";
import type { Translator } from "#lib/i18n/translator.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("payouts.title");

const HERE = "/dashboard/payouts";

/** Money a merchant sends out through its gateways, and what its accounts hold there. */
export default async function PayoutsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const screen = await openScreen(HERE, "view_payouts");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, locale, user } = screen;
  const search = await searchParams;
  const state = PAYOUT_STATES.find((one) => one === search.state) ?? null;
  const [accounts, page] = await Promise.all([
    listAccounts(db(), merchant.id),
    listPayouts(db(), merchant.id, state, readCursor([search.cursor].flat()[0] ?? "")),
  ]);
  const payable = payableAccounts(accounts).filter(({ account }) => account.active);
  const at = (cursor: string | null, chosen: string | null = state) => {
    const query = new URLSearchParams({ ...(chosen && { state: chosen }), ...(cursor && { cursor }) }).toString();
    return query ? `${HERE}?${query}` : HERE;
  };
  const maySend = payable.length > 0 && can(user, merchant.id, "send_payout");
  // Old payouts stay to be seen when their account was switched off.
  if (payable.length === 0 && page.rows.length === 0 && !state) {
    return (
      <>
        <ScreenHead title={t("payouts.title")} lead={t("payouts.lead")} />
        <Empty title={t("payouts.none")} text={t("payouts.noneText")} next={[toAccounts(t, can(user, merchant.id, "view_accounts"))]} />
      </>
    );
  }
  return (
    <>
      <ScreenHead title={t("payouts.title")} lead={t("payouts.lead")}>
        {maySend && (page.rows.length > 0 || state) ? (
          <a href={`${HERE}/new`} className={BUTTON.primary}>
            {t("payouts.new")}
          </a>
        ) : null}
      </ScreenHead>
      <Balances t={t} payable={payable} merchantId={merchant.id} />
      <Chips
        label={t("payouts.state")}
        choices={[
          { word: t("common.all"), href: HERE, current: !state },
          ...PAYOUT_STATES.map((one) => ({ word: t(`payouts.state_${one}`), href: at(null, one), current: one === state })),
        ]}
      />
      {page.rows.length === 0 ? (
        <Empty
          title={t("payouts.empty")}
          text={t("payouts.emptyText")}
          next={[
            state
              ? { href: HERE, word: t("common.clear") }
              : maySend
                ? { href: `${HERE}/new`, word: t("payouts.newTitle"), main: true }
                : toAccounts(t, can(user, merchant.id, "view_accounts")),
          ]}
        />
      ) : (
        <>
          <PayoutsTable t={t} rows={page.rows} reading={{ locale, timeZone: merchant.timeZone }} />
          <Pager
            label={t("common.pages")}
            first={{ href: at(null), word: t("common.first") }}
            newer={{ href: page.newer && at(page.newer), word: t("common.newer") }}
            older={{ href: page.older && at(page.older), word: t("common.older") }}
          />
        </>
      )}
    </>
  );
}

function Balances({ t, payable, merchantId }: { t: Translator<"dashboard">; payable: readonly Payable[]; merchantId: string }) {
  const kept = payable.flatMap(({ account, gateway }) => gateway.balanceNames.map((name) => ({ account, name })));
  if (kept.length === 0) return null;
  const words = {
    refresh: t("payouts.refresh"),
    busy: t("common.working"),
    never: t("payouts.notAsked"),
    asOf: t.raw("payouts.asOf") as string,
  };
  return (
    <section aria-labelledby="balances" className="mb-6 grid gap-2">
      <h2 id="balances" className="font-semibold">
        {t("payouts.balances")}
      </h2>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {kept.map(({ account, name }) => (
          <BalanceForm
            key={`${account.id} ${name}`}
            submit={showBalance}
            hidden={{ merchant: merchantId, account: account.id, name }}
            title={`${account.title} · ${channelText(t, name)}`}
            words={words}
          />
        ))}
      </div>
    </section>
  );
}
