import type { Database } from "#db/client.ts";
import type { Sort } from "#db/queries/dashboard-orders.ts";
import type { Cursor } from "#db/queries/dashboard-page.ts";
import { NO_FILTER, type OrderFilter } from "#db/queries/orders-filter.ts";
import { SEED_REFERENCE } from "#db/seed-orders.ts";
import { BENCH_MERCHANT } from "./orders-stock.ts";

/** An order to ask for, drawn anywhere in the two years. */
export interface Sample {
  id: string;
  token: string;
  reference: string;
  amount: string;
  createdAt: Date;
  gatewayOrderNo: string;
  gatewayRef: string;
  walletRef: string;
  refundNo: string;
}

interface Search {
  filter: OrderFilter;
  cursor?: Cursor;
  sort?: Sort;
}

const only = (part: Partial<OrderFilter>): Search => ({ filter: { ...NO_FILTER, timeZone: "Asia/Hong_Kong", ...part } });
/** The seven days from an order's on. */
const week = ({ createdAt }: Sample): Pick<OrderFilter, "from" | "to"> => {
  const day = (plus: number) => new Date(createdAt.getTime() + plus * 86_400_000).toISOString().slice(0, 10);
  return { from: day(0), to: day(6) };
};
const exactly = (amount: string) => ({ min: amount, max: amount });
const hundredths = (minor: string): string => `${minor.slice(0, -2) || "0"}.${minor.slice(-2).padStart(2, "0")}`;

/** Each filter alone; each is asked again together with a week. */
const FILTERS: Readonly<Record<string, (sample: Sample) => Partial<OrderFilter>>> = {
  "state paid": () => ({ state: "paid" }),
  "state open": () => ({ state: "open" }),
  "state cancelled": () => ({ state: "cancelled" }),
  "needs review": () => ({ needs: "review" }),
  "needs refunding": () => ({ needs: "refunding" }),
  "mode live": () => ({ mode: "live" }),
  "mode test": () => ({ mode: "test" }),
  "amount, common": () => ({ amount: exactly("88.00") }),
  "amount, any": ({ amount }) => ({ amount: exactly(hundredths(amount.padStart(3, "0"))) }),
  "amount, rare": ({ createdAt }) => ({ amount: exactly(`${createdAt.getTime() % 900}.37`) }),
  "amount range, wide": () => ({ amount: { min: "50", max: "200" } }),
  "amount range, narrow": () => ({ amount: { min: "777", max: "778" } }),
  "amount range, high": () => ({ amount: { min: "980", max: null } }),
  "currency JPY": () => ({ currency: "JPY" }),
  "wallet wechat": () => ({ wallet: "wechat" }),
  "wallet baidu": () => ({ wallet: "baidu" }),
  "method alipay.web": () => ({ method: "alipay.web" }),
  "gateway hipopay-agent": () => ({ gateway: "hipopay-agent" }),
  "account, last": () => ({ account: "acc_bench_5" }),
};

const NUMBERS = ["id", "token", "reference", "gatewayOrderNo", "gatewayRef", "walletRef", "refundNo"] as const satisfies (keyof Sample)[];
const ENDING = ["gatewayOrderNo", "gatewayRef", "walletRef"] as const satisfies (keyof Sample)[];

const at = ({ createdAt, id }: Sample, direction: Cursor["direction"]): Cursor => ({ direction, at: createdAt, id });

/** Everything the list is asked for. */
export const KINDS: readonly { asked: string; search: (sample: Sample) => Search }[] = [
  { asked: "first page", search: () => only({}) },
  { asked: "first page, oldest first", search: () => ({ ...only({}), sort: "oldest" }) },
  { asked: "a next page, anywhere", search: (sample) => ({ ...only({}), cursor: at(sample, "older") }) },
  { asked: "a page back, anywhere", search: (sample) => ({ ...only({}), cursor: at(sample, "newer") }) },
  { asked: "a week", search: (sample) => only(week(sample)) },
  ...NUMBERS.map((name) => ({ asked: `number: ${name}`, search: (sample: Sample) => only({ number: sample[name] }) })),
  ...ENDING.map((name) => ({ asked: `ending: ${name}`, search: (sample: Sample) => only({ number: sample[name].slice(-8) }) })),
  { asked: "number: nobody's", search: ({ id }) => only({ number: `no${id.slice(6)}` }) },
  ...Object.entries(FILTERS).flatMap(([asked, filter]) => [
    { asked, search: (sample: Sample) => only(filter(sample)) },
    { asked: `${asked}, a week`, search: (sample: Sample) => only({ ...filter(sample), ...week(sample) }) },
  ]),
  { asked: "next page, wallet wechat", search: (sample) => ({ ...only({ wallet: "wechat" }), cursor: at(sample, "older") }) },
  { asked: "next page, state paid", search: (sample) => ({ ...only({ state: "paid" }), cursor: at(sample, "older") }) },
  { asked: "alipay, cancelled, over 100", search: () => only({ wallet: "alipay", state: "cancelled", amount: { min: "100", max: null } }) },
  { asked: "test and open: hardly any", search: () => only({ mode: "test", state: "open" }) },
  { asked: "baidu, cancelled: hardly any", search: () => only({ wallet: "baidu", state: "cancelled" }) },
];

/** Orders drawn among the first `size`; where one has no wallet's or refund's number, another's. */
export async function samplesOf(database: Database, size: number, count: number): Promise<Sample[]> {
  const references = Array.from(
    { length: count * 8 },
    () => `${SEED_REFERENCE}${String(1 + Math.floor(Math.random() * size)).padStart(10, "0")}`,
  );
  const { rows } = await database.$client.query<Sample>(
    `select o.id, o.token, o.reference, o.amount, o.created_at as "createdAt", a.gateway_order_no as "gatewayOrderNo",
       a.gateway_ref as "gatewayRef", a.wallet_ref as "walletRef", r.refund_no as "refundNo"
     from orders o join attempts a on a.id = o.paid_attempt_id left join refunds r on r.order_id = o.id
     where o.merchant_id = $1 and o.reference = any($2)`,
    [BENCH_MERCHANT, references],
  );
  const having = (name: keyof Sample) => rows.filter((row) => row[name] !== null);
  const [wallets, refunds] = [having("walletRef"), having("refundNo")];
  return rows.slice(0, count).map((row, index) => ({
    ...row,
    walletRef: row.walletRef ?? wallets[index % wallets.length]?.walletRef ?? "",
    refundNo: row.refundNo ?? refunds[index % refunds.length]?.refundNo ?? "",
  }));
}
