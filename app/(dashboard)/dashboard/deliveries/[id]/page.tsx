import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { resend } from "#app/(dashboard)/dashboard/deliveries/actions.ts";
import { openScreen } from "#app/(dashboard)/screen.ts";
import { DeliveryFacts, DeliveryTries } from "#components/dashboard/delivery-view.tsx";
import { BackFrame } from "#components/dashboard/endpoint-frame.tsx";
import { ReasonForm } from "#components/dashboard/reason-form.tsx";
import { reasonsFor, reasonWords } from "#components/dashboard/reason-words.ts";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { db } from "#db/client.ts";
import { readDelivery } from "#db/queries/dashboard-deliveries.ts";
import { currentLocale } from "#lib/action.ts";
import { can } from "#lib/auth.ts";
import { translator } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await currentLocale(), "webhooks")("deliveries.one") };
}

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One webhook message: every try with what was sent and what came back; and sending it again. */
export default async function DeliveryPage({ params, searchParams }: Props) {
  const { id } = await params;
  const screen = await openScreen(`/dashboard/deliveries/${encodeURIComponent(id)}`, "view_deliveries");
  if (screen.kind !== "ok") return <Refusal t={screen.t} merchant={screen.merchant} />;
  const delivery = await readDelivery(db(), screen.merchant.id, id);
  if (!delivery) notFound();
  const { t, merchant, locale } = screen;
  const words = translator(locale, "webhooks");
  const said = translator(locale, "order");
  const shown = { t, words, delivery, reading: { locale, timeZone: merchant.timeZone } };
  return (
    <BackFrame href="/dashboard/deliveries" back={words("deliveries.back")} title={delivery.type}>
      {delivery.endpointActive || delivery.endpointDeleted ? null : <Notice kind="hint">{words("deliveries.stoppedHint")}</Notice>}
      {(await searchParams).said === "resent" ? <Notice kind="done">{words("deliveries.resent")}</Notice> : null}
      <DeliveryFacts {...shown} />
      {delivery.endpointActive && can(screen.user, merchant.id, "edit_developers") ? (
        <ReasonForm
          key={`${delivery.state}-${delivery.tries}`}
          panel={{ title: said("action.resend"), text: said("action.resendConfirm") }}
          id="resend"
          submit={resend}
          hidden={{ merchant: merchant.id, delivery: id }}
          suggestions={reasonsFor(said, "resend")}
          words={{ ...reasonWords(t, said), reasonHint: said("action.reasonAudit"), yes: said("action.resendYes") }}
        />
      ) : null}
      <DeliveryTries {...shown} />
    </BackFrame>
  );
}
