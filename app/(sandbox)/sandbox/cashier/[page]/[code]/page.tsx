import { notFound, redirect } from "next/navigation";
import { openSandbox, type PageProps, queryText } from "#app/(sandbox)/open-sandbox.ts";
import { Desk, DeskClosed, QrFrame } from "#components/sandbox/desk.tsx";
import { returnAddress } from "#lib/sandbox/act.ts";
import { merchantByNo, paymentByCode } from "#lib/sandbox/listing.ts";

const PAGES = ["pc_desk", "mp_desk", "alipay_desk", "alipay_wap", "alipay_qr_frame"] as const;

/**
 * The gateway's own cashiers (seeds/000 §4.6, §4.7, §6.1, §6.3, §6.4). Desks show a code and look every three seconds;
 * once paid they send the browser to return_url, as the document says. On a phone the wallet opens at once.
 */
export default async function CashierPage({ params, searchParams }: PageProps<{ page: string; code: string }>) {
  const { database, t, locale } = await openSandbox();
  const { page: name, code } = await params;
  const page = PAGES.find((one) => one === name);
  const payment = page ? await paymentByCode(database, code) : null;
  if (!page || !payment) notFound();
  if (page === "alipay_qr_frame") return <QrFrame t={t} locale={locale} payment={payment} />;
  if (payment.state === "PAID") redirect(returnAddress(payment) ?? `/sandbox/wallet/pay/${code}`);
  if (queryText(await searchParams, "closed") !== "") return <DeskClosed t={t} locale={locale} page={page} payment={payment} />;
  if (payment.state !== "INIT") redirect(`/sandbox/wallet/pay/${code}`);
  // The wallet is on this very device: no code to scan, its confirmation comes at once.
  if (page === "alipay_wap" || page === "mp_desk") redirect(`/sandbox/wallet/pay/${code}?in=cashier`);
  const merchant = await merchantByNo(database, payment.merchantNo);
  return <Desk t={t} locale={locale} page={page} payment={payment} merchantName={merchant?.name ?? payment.merchantNo} />;
}
