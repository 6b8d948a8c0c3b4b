import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { charge } from "#app/(dashboard)/dashboard/counter/actions.ts";
import { counterChoices } from "#app/(dashboard)/dashboard/counter/choices.ts";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { ScreenHead } from "#components/dashboard/chips.tsx";
import { CounterForm } from "#components/dashboard/counter-form.tsx";
import { counterWords } from "#components/dashboard/counter-words.ts";
import { toAccounts } from "#components/dashboard/next-steps.ts";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { db } from "#db/client.ts";
import { listAccounts } from "#db/queries/dashboard-accounts.ts";
import { readLastUse } from "#db/queries/dashboard-counter.ts";
import { can } from "#lib/auth.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("counter.title");

type Search = Promise<Record<string, string | string[] | undefined>>;

/** The counter: the merchant enters an amount and scans the code in the shopper's wallet. */
export default async function CounterPage({ searchParams }: { searchParams: Search }) {
  const screen = await openScreen("/dashboard/counter", "use_counter");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, user } = screen;
  const [search, accounts, last] = await Promise.all([searchParams, listAccounts(db(), merchant.id), readLastUse(db(), merchant.id)]);
  const choices = counterChoices(accounts);
  const [firstKind] = choices.kinds;
  const [firstCurrency] = choices.currencies;
  if (!firstKind || !firstCurrency) {
    return (
      <Empty
        level={1}
        title={t("counter.none")}
        text={t("counter.noneText")}
        next={[toAccounts(t, can(user, merchant.id, "edit_accounts"))]}
      />
    );
  }
  const wallets = choices.wallets.map((wallet) => t(`wallet.${wallet}`)).join(" · ");
  return (
    <div className="mx-auto max-w-xl">
      <ScreenHead title={t("counter.title")} lead={t("counter.lead", { wallets })} />
      <CounterForm
        submit={charge}
        merchantId={merchant.id}
        kinds={choices.kinds}
        currencies={choices.currencies}
        initial={{
          turn: 0,
          amountText: "",
          currency:
            [search.currency, last?.currency].map((one) => choices.currencies.find((own) => own === one)).find(Boolean) ?? firstCurrency,
          kind: choices.kinds.find((one) => one === search.kind) ?? firstKind,
          title: "",
          reference: "",
          key: randomUUID(),
          field: null,
          message: null,
        }}
        words={counterWords(t)}
      />
    </div>
  );
}
