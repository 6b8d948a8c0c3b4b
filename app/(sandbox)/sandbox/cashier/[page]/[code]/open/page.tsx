import { notFound, redirect } from "next/navigation";
import { openSandbox, type PageProps, queryText } from "#app/(sandbox)/open-sandbox.ts";
import { BankPage } from "#components/sandbox/bank-page.tsx";
import { Desk, DeskClosed, QrFrame } from "#components/sandbox/desk.tsx";
import { Handover, SheetPage } from "#components/sandbox/handover.tsx";
import { returnAddress } from "#lib/sandbox/act.ts";
import { CASHIER_PAGES, isCashierPage } from "#lib/sandbox/cashier-pages.ts";
import { merchantByNo, paymentByCode } from "#lib/sandbox/listing.ts";

const VIEWS = { handover: Handover, sheet: SheetPage, bank: BankPage } as const;

/**
 * The gateways' own cashiers (seeds/000 §4.6, §4.7, §6.1, §6.3, §6.4; seeds/002 §3.3; seeds/003 §4.1; seeds/004 2.1–2.14).
 * Desks show a code and look every three seconds; once paid, each sends the browser to return_url as its document says.
 */
export default async function CashierView({ params, searchParams }: PageProps<{ page: string; code: string }>) {
  const { database, t, locale, origin } = await openSandbox();
  const { page, code } = await params;
  const payment = isCashierPage(page) ? await paymentByCode(database, code) : null;
  if (!isCashierPage(page) || !payment) notFound();
  const kind = CASHIER_PAGES[page];
  if (kind === "frame") return <QrFrame t={t} locale={locale} payment={payment} origin={origin} />;
  if (payment.state === "PAID") redirect((await returnAddress(database, payment)) ?? `/sandbox/wallet/pay/${code}`);
  const merchant = await merchantByNo(database, payment.merchantNo);
  const props = { t, locale, page, payment, merchantName: merchant?.name ?? payment.merchantNo };
  if (queryText(await searchParams, "closed") !== "") return <DeskClosed {...props} />;
  // The wallet is on this very device: no code to scan, its confirmation comes at once. So do its words of an ended payment.
  if (payment.state !== "INIT" || kind === "wallet") redirect(`/sandbox/wallet/pay/${code}?in=cashier`);
  if (kind === "desk") return <Desk {...props} origin={origin} />;
  const View = VIEWS[kind];
  return <View {...props} />;
}
