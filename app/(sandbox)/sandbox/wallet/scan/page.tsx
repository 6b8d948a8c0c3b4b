import { redirect } from "next/navigation";
import { openSandbox, type PageProps, queryText } from "#app/(sandbox)/open-sandbox.ts";
import { paymentByCode } from "#lib/sandbox/listing.ts";
import { isPhone } from "#lib/sandbox/phone.ts";
import { readScan } from "#lib/sandbox/scan.ts";

/** The scanner's answer: to the payment, to the page in the phone, or back with words. Looks, changes nothing. */
export default async function ScanPage({ searchParams }: PageProps) {
  const { database, origin } = await openSandbox();
  const query = await searchParams;
  const text = queryText(query, "code");
  const chosen = queryText(query, "phone");
  const phone = isPhone(chosen) ? chosen : "wechat";
  const scanned = readScan(text, origin);
  if (scanned.kind === "page") redirect(`/sandbox/${phone}?${new URLSearchParams({ url: scanned.path })}`);
  const payment = scanned.kind === "payment" ? await paymentByCode(database, scanned.code) : null;
  if (payment) redirect(`/sandbox/wallet/pay/${payment.code}`);
  redirect(`/sandbox/wallet?${new URLSearchParams({ problem: "unreadable", code: text, phone })}`);
}
