import { notFound } from "next/navigation";
import { openSandbox, type PageProps, queryText, type Sandbox } from "#app/(sandbox)/open-sandbox.ts";
import { ConfirmSheet } from "#components/sandbox/confirm-sheet.tsx";
import { PaymentResult } from "#components/sandbox/payment-result.tsx";
import { PhoneShell, type Place } from "#components/sandbox/phone-shell.tsx";
import { returnAddress } from "#lib/sandbox/act.ts";
import { merchantByNo, paymentByCode } from "#lib/sandbox/listing.ts";
import { markSeen } from "#lib/sandbox/pay.ts";
import { type PaymentRow, walletCompany } from "#lib/sandbox/rows.ts";
import { readSaid, type Said } from "#lib/sandbox/said.ts";

/** How the phone frame (WeixinJSBridge) reads this page: what its callback is told. */
const OUTCOMES = { INIT: "waiting", PAID: "paid", FAIL: "failed", EXPIRED: "failed", CLOSED: "failed" } as const;

/** A payment in the wallet: to confirm, or how it ended. That the wallet shows it is known to its gateway, as in the world. */
export default async function PayPage({ params, searchParams }: PageProps<{ code: string }>) {
  const { database, t, locale } = await openSandbox();
  const payment = await paymentByCode(database, (await params).code);
  if (!payment) notFound();
  const query = await searchParams;
  const place = placeOf(queryText(query, "in"));
  const said = readSaid(queryText(query, "said"));
  const left = said === "left" && payment.state === "INIT";
  if (!left) await markSeen(database, payment.no, true);
  const wallet = walletCompany(payment.method);
  const merchant = await merchantByNo(database, payment.merchantNo);
  const here = `/sandbox/wallet/pay/${payment.code}${place === "wallet" ? "" : `?in=${place}`}`;
  const back = place === "cashier" ? await wayBack(database, payment) : null;
  return (
    <PhoneShell
      t={t}
      locale={locale}
      wallet={wallet}
      title={t(`wallet.${wallet}`)}
      here={here}
      place={place}
      outcome={left ? "left" : OUTCOMES[payment.state]}
      {...(place === "wallet" ? { closeHref: "/sandbox/wallet" } : {})}
    >
      {payment.state === "INIT" && !left ? (
        <ConfirmSheet
          t={t}
          locale={locale}
          payment={payment}
          merchantName={merchant?.name ?? payment.merchantNo}
          place={place}
          problem={said && said !== "left" ? t(`said.${said}`) : null}
        />
      ) : (
        <PaymentResult
          t={t}
          locale={locale}
          payment={payment}
          left={left}
          place={place}
          again={here}
          returnTo={back}
          notice={noticeOf(said, t)}
        />
      )}
    </PhoneShell>
  );
}

// Ended: where its dialect sends the shopper, paid or not. Open: nobody is sent back, so there is only the bare address.
async function wayBack(database: Sandbox["database"], payment: PaymentRow): Promise<string | null> {
  if (payment.state !== "INIT") return returnAddress(database, payment);
  return payment.returnUrl && /^https?:\/\//.test(payment.returnUrl) ? payment.returnUrl : null;
}

function placeOf(text: string): Place {
  return text === "sheet" || text === "cashier" ? text : "wallet";
}

// "Already paid" is worth saying on the result; the other words only on the sheet.
function noticeOf(said: Said | null, t: Sandbox["t"]): string | null {
  return said === "paid" || said === "expired" || said === "closed" ? t(`said.${said}`) : null;
}
