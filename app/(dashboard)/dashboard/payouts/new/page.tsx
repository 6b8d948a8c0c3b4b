import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { channelsOf, MORE_FIELDS } from "#app/(dashboard)/dashboard/payouts/needs.ts";
import { pay } from "#app/(dashboard)/dashboard/payouts/new/actions.ts";
import { payableAccounts } from "#app/(dashboard)/dashboard/payouts/payable.ts";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { confirmView } from "#components/dashboard/confirm-words.ts";
import { toAccounts } from "#components/dashboard/next-steps.ts";
import { PayoutForm } from "#components/dashboard/payout-form.tsx";
import { channelText, payoutWords } from "#components/dashboard/payout-words.ts";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Empty } from "#components/ui/empty.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { listAccounts } from "#db/queries/dashboard-accounts.ts";
import { can } from "#lib/auth.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("payouts.newTitle");

type Search = Promise<Record<string, string | string[] | undefined>>;

/** A payout: first which account and channel, when there is a choice; then amount and recipient; then a confirmation. */
export default async function NewPayoutPage({ searchParams }: { searchParams: Search }) {
  const screen = await openScreen("/dashboard/payouts/new", "send_payout");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant } = screen;
  const search = await searchParams;
  const ways = payableAccounts(await listAccounts(db(), merchant.id))
    .filter(({ account }) => account.active)
    .flatMap(({ account, gateway }) => channelsOf(gateway).map((channel) => ({ account, channel })));
  const chosen =
    ways.length === 1 ? ways[0] : ways.find(({ account, channel }) => account.id === search.account && channel.name === search.channel);
  return (
    <div className="mx-auto grid max-w-xl gap-5">
      <a
        href="/dashboard/payouts"
        className="inline-flex min-h-9 items-center gap-1 justify-self-start text-sm text-ink-soft hover:text-ink"
      >
        <Icon name="back" className="size-4" />
        {t("payouts.back")}
      </a>
      <h1 className="text-xl font-semibold">{t("payouts.newTitle")}</h1>
      {chosen ? (
        <>
          <p className="text-ink-soft">
            {t("payouts.from")}: <span className="text-ink">{chosen.account.title}</span> · {channelText(t, chosen.channel.name)}
          </p>
          {chosen.account.live ? null : <Notice kind="hint">{t("payouts.testOnly")}</Notice>}
          <PayoutForm
            submit={pay}
            hidden={{ merchant: merchant.id, account: chosen.account.id, channel: chosen.channel.name }}
            fields={MORE_FIELDS.flatMap((name) => {
              const need = chosen.channel.needs[name];
              return need ? [{ name, need }] : [];
            })}
            banks={chosen.channel.banks}
            remarkHint={t(chosen.channel.remark === "always" ? "payouts.remarkNeeded" : "payouts.remarkHint")}
            initial={{ step: "enter", values: {}, key: randomUUID(), errors: {}, message: null, confirm: null, proof: null }}
            person={confirmView(screen.user, screen.locale)}
            words={payoutWords(t)}
          />
        </>
      ) : ways.length === 0 ? (
        <Empty
          title={t("payouts.none")}
          text={t("payouts.noneText")}
          next={[toAccounts(t, can(screen.user, merchant.id, "view_accounts"))]}
        />
      ) : (
        <ul className="grid gap-2" aria-label={t("payouts.choose")}>
          {ways.map(({ account, channel }) => (
            <li key={`${account.id} ${channel.name}`}>
              <a
                href={`/dashboard/payouts/new?account=${account.id}&channel=${channel.name}`}
                className={`${BUTTON.secondary} w-full !justify-between`}
              >
                {account.title} · {channelText(t, channel.name)}
                <Icon name="chevron" className="size-4 text-ink-soft" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
