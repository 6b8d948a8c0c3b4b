import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { askNow } from "#app/(dashboard)/dashboard/payouts/actions.ts";
import { recipientLines } from "#app/(dashboard)/dashboard/payouts/masked.ts";
import { channelsOf } from "#app/(dashboard)/dashboard/payouts/needs.ts";
import { openScreen, screenTitle } from "#app/(dashboard)/screen.ts";
import { PayoutHead, PayoutHistory, PayoutNumbers } from "#components/dashboard/payout-view.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Submit } from "#components/ui/submit.tsx";
import { db } from "#db/client.ts";
import { readUserNames } from "#db/queries/dashboard-order.ts";
import { readPayout } from "#db/queries/dashboard-payouts.ts";
import { payoutHistory } from "#db/queries/payouts.ts";
import { gatewayById } from "#lib/gateways/registry.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("payouts.one");

interface Address {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const SAID = { asked: "done", soon: "hint", unasked: "problem", origin: "problem" } as const;

/** One payout: how it stands, whose account it goes to (masked), and its history. */
export default async function PayoutPage({ params, searchParams }: Address) {
  const [{ id }, search] = await Promise.all([params, searchParams]);
  const screen = await openScreen(`/dashboard/payouts/${encodeURIComponent(id)}`, "view_payouts");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const { t, merchant, locale } = screen;
  const payout = /^[\w-]{1,64}$/.test(id) ? await readPayout(db(), merchant.id, id) : null;
  if (!payout) notFound();
  const events = await payoutHistory(db(), payout.id);
  const names = await readUserNames(
    db(),
    [payout.requestedBy, ...events.map(({ actor }) => actor)].filter((actor) => actor.startsWith("usr_")),
  );
  const gateway = gatewayById(payout.gateway);
  const banks = gateway ? (channelsOf(gateway).find(({ name }) => name === payout.channel)?.banks ?? []) : [];
  const reading = { locale, timeZone: merchant.timeZone };
  const said = Object.entries(SAID).find(([word]) => word === search.said);
  const shown = { t, payout, recipient: recipientLines(payout, banks, t), names, reading };
  return (
    <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-5">
      <a
        href="/dashboard/payouts"
        className="inline-flex min-h-9 items-center gap-1 justify-self-start text-sm text-ink-soft hover:text-ink"
      >
        <Icon name="back" className="size-4" />
        {t("payouts.back")}
      </a>
      {said ? <Notice kind={said[1]}>{t(`payouts.said_${said[0] as keyof typeof SAID}`)}</Notice> : null}
      <PayoutHead {...shown} />
      {payout.needsReview ? <Notice kind="problem">{t("payouts.reviewWhy")}</Notice> : null}
      {gateway && payout.state !== "paid" ? (
        <form action={askNow}>
          <input type="hidden" name="merchant" value={merchant.id} />
          <input type="hidden" name="payout" value={payout.id} />
          <Submit look="secondary" busy={t("common.working")}>
            {t("payouts.ask")}
          </Submit>
        </form>
      ) : null}
      <PayoutNumbers {...shown} />
      <PayoutHistory t={t} events={events} names={names} reading={reading} />
    </div>
  );
}
