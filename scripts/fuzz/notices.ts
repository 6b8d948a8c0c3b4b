import type { WireMessage } from "#lib/dialects/dialect.ts";
import type { Money } from "#lib/domain/money.ts";
import type { Standing } from "#lib/domain/verdict.ts";
import type { CreateRequest } from "#lib/gateways/gateway.ts";
import type { InboundMessage } from "#lib/gateways/notice.ts";
import type { PayoutStanding } from "#lib/gateways/payout.ts";
import type { Company } from "./company.ts";
import type { Receiver } from "./run.ts";

const AMOUNTS = [1n, 167n, 1990n, 8_800n, 9_999_999n];

/** A request that any method can be created with. */
export function requestFor(company: Company, gatewayOrderNo: string, minor: bigint): CreateRequest {
  const currency = company.gateway.currencies.includes("CNY") ? "CNY" : (company.gateway.currencies[0] ?? "CNY");
  return {
    gatewayOrderNo,
    amount: { minor, currency },
    subject: "Fuzz 测试",
    notifyUrl: "https://shop.example/api/notify/x/acc_x",
    returnUrl: "https://shop.example/pay/token/return",
    clientIp: "203.0.113.9",
    expiresAt: new Date(company.now.getTime() + 1_800_000),
    openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4",
    authCode: "135605691981176449",
    appId: "wx247c9d9d6191b108",
    bank: { code: "01020000", card: "any" },
    cardNumber: "6222020000000000123",
    payer: { bankCode: "HPT00002", name: "张三", account: "6222020000000000123" },
  };
}

/** Notices the gateway itself signed: of payments by every method that it can be asked to create without a page of its own. */
export async function genuineNotices(company: Company): Promise<InboundMessage[]> {
  const { account, backend, dialect, caller, now } = company;
  const notices: InboundMessage[] = [];
  for (const [index, method] of account.methods.entries()) {
    const created = await account.create(method, requestFor(company, `2026112000000000000${(1000 + index).toString()}`, amountAt(index)));
    // A browser hand-off reaches the gateway only with a browser.
    if (!created.ok) throw new Error(`${company.gateway.id} ${method}: ${created.kind} ${created.message}`);
    if (backend.payments.length === 0) continue;
    const message = dialect.notification(caller, backend.payLast(), now);
    if (message) notices.push(inbound(message));
  }
  return notices;
}

/** The same of payouts, where the document has such notices. */
export async function genuinePayoutNotices(company: Company): Promise<InboundMessage[]> {
  const { account, backend, dialect, caller, now, gateway } = company;
  const notices: InboundMessage[] = [];
  if (!dialect.payoutNotification || !account.payout) return notices;
  for (const channel of account.payoutChannels) {
    for (const [index, minor] of AMOUNTS.entries()) {
      const bankCode = gateway.payoutChannels[channel]?.banks[index]?.code;
      const recipient = {
        kind: "personal",
        number: "6222020000000000123",
        name: "张三",
        mobile: "13800000000",
        bankName: "工商银行",
        province: "广东",
        city: "深圳",
      } as const;
      const sent = await account.payout(channel, {
        payoutNo: `2026112000000000009${(1000 + index).toString()}`,
        amount: { minor, currency: "CNY" },
        account: bankCode === undefined ? recipient : { ...recipient, bankCode },
        remark: "fuzz",
        notifyUrl: "https://shop.example/api/notify/x/acc_x/payout",
        clientIp: "203.0.113.9",
      });
      if (!sent.ok) throw new Error(`${gateway.id} payout: ${sent.kind} ${sent.message}`);
      const last = backend.payouts.at(-1);
      const message = last && dialect.payoutNotification(caller, { ...last, state: "PAID", channelNo: "B1", endedAt: now }, now);
      if (message) notices.push(inbound(message));
    }
  }
  return notices;
}

/** What the account makes of a notice about a payment, as one text: everything that anything later is decided by. */
export function paymentReceiver({ account }: Company): Receiver {
  return (message) => {
    const opened = account.openNotification(message);
    if (!opened.ok) return null;
    const { gatewayOrderNo, gatewayRef, standing, settles, conflict } = opened.notification;
    return textOf({ gatewayOrderNo, gatewayRef, standing, settles, conflict });
  };
}

/** The same of payouts. */
export function payoutReceiver({ account }: Company): Receiver {
  return (message) => {
    const opened = account.openPayoutNotification?.(message);
    if (!opened?.ok) return null;
    const { payoutNo, gatewayRef, standing, settles, conflict } = opened.notification;
    return textOf({ payoutNo, gatewayRef, standing, settles, conflict });
  };
}

/** A value as text with amounts in minor units. */
export function textOf(value: Record<string, string | Standing | PayoutStanding | Money | null | undefined>): string {
  return JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? one.toString() : one));
}

function inbound(message: WireMessage): InboundMessage {
  const at = message.url.indexOf("?");
  return {
    method: message.method,
    query: at < 0 ? "" : message.url.slice(at + 1),
    headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from(message.body, "utf8"),
  };
}

function amountAt(index: number): bigint {
  return AMOUNTS[index % AMOUNTS.length] ?? 1n;
}
