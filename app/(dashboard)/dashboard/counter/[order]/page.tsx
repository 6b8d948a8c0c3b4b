import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { chargeAgain } from "#app/(dashboard)/dashboard/counter/actions.ts";
import { screenTitle } from "#app/(dashboard)/screen.ts";
import { CounterStatus } from "#components/dashboard/counter-status.tsx";
import { Refusal } from "#components/dashboard/refusal.tsx";
import { db } from "#db/client.ts";
import { readOrder } from "#db/queries/dashboard-order.ts";
import { currentLocale } from "#lib/action.ts";
import { can, requireUser, scopeOf } from "#lib/auth.ts";
import { PROBLEMS } from "#lib/domain/errors.ts";
import { translator } from "#lib/i18n/translator.ts";
import { readScan } from "#lib/payments/read-scan.ts";

export const generateMetadata = (): Promise<Metadata> => screenTitle("counter.title");

interface Address {
  params: Promise<{ order: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** How one shopper's payment stands: it follows by itself until it is known. */
export default async function CounterOrderPage({ params, searchParams }: Address) {
  const [{ order: id }, search] = await Promise.all([params, searchParams]);
  const user = await requireUser(`/dashboard/counter/${encodeURIComponent(id)}`);
  const order = /^[\w-]{1,64}$/.test(id) ? await readOrder(db(), scopeOf(user), id) : null;
  if (!order) notFound();
  const locale = await currentLocale();
  const t = translator(locale, "dashboard");
  if (!can(user, order.merchantId, "use_counter")) return <Refusal t={t} merchant={{ name: order.merchantName }} />;
  const view = await readScan({ merchantId: order.merchantId, orderId: order.id });
  if (!view) notFound();
  return (
    <CounterStatus
      t={t}
      problem={translator(locale, "problem")}
      view={view}
      said={PROBLEMS.find((code) => code === search.problem) ?? null}
      order={{ merchantId: order.merchantId, live: order.live, currency: order.currency }}
      reading={{ locale, timeZone: order.timeZone }}
      again={chargeAgain}
    />
  );
}
