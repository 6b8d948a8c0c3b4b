import { METHODS, type Method } from "#lib/domain/methods.ts";

interface Sum {
  currency: string;
  count: number;
  amount: bigint;
}

/** What the home screen is given (db/queries/home-read.ts). */
export interface Figures {
  today: string;
  until: Date | null;
  days: (Sum & { day: string })[];
  hours: (Sum & { back: 0 | 1 | 7; hour: number })[];
  byNow: (Sum & { back: 1 | 7 })[];
  steps: { opened: number; chosen: number; shown: number; paid: number; ended: number };
  channels: { accountId: string; method: Method; tried: number; paid: number; ended: number }[];
}

/** One currency's day: what came in so far, and what had come in by this time on the days it is held against. */
export interface Takings {
  currency: string;
  today: { count: number; amount: bigint };
  yesterday: { count: number; amount: bigint };
  weekAgo: { count: number; amount: bigint };
}

const NONE = { count: 0, amount: 0n };
const DAYS = 30;

/** A card for each currency that had any money in the thirty days, the one with the most payments first. */
export function takingsOf({ today, days, byNow }: Figures): Takings[] {
  const payments = new Map<string, number>();
  for (const { currency, count } of days) payments.set(currency, (payments.get(currency) ?? 0) + count);
  const pick = ({ count, amount }: Sum = { currency: "", ...NONE }) => ({ count, amount });
  const before = (currency: string, back: 1 | 7) => pick(byNow.find((one) => one.back === back && one.currency === currency));
  return [...payments]
    .sort(([a, many], [b, few]) => few - many || a.localeCompare(b))
    .map(([currency]) => ({
      currency,
      today: pick(days.find((one) => one.day === today && one.currency === currency)),
      yesterday: before(currency, 1),
      weekAgo: before(currency, 7),
    }));
}

/** How much more (or less) than before, in thousandths; null when there was nothing before. */
export function changeOf(now: bigint, before: bigint): number | null {
  return before === 0n ? null : Number(((now - before) * 1000n) / before);
}

/** The thirty days up to today, those without money too. */
export function dailyOf({ today, days }: Figures, currency: string): { day: string; count: number; amount: bigint }[] {
  const known = new Map(days.filter((one) => one.currency === currency).map((one) => [one.day, one]));
  return Array.from({ length: DAYS }, (_, index) => {
    const day = dayBefore(today, DAYS - 1 - index);
    const { count, amount } = known.get(day) ?? NONE;
    return { day, count, amount };
  });
}

/** A calendar day, `back` days earlier. */
export function dayBefore(day: string, back: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10);
}

/** The day's twenty-four hours, each with what it brought today, yesterday and a week ago. */
export function hourlyOf({ hours }: Figures, currency: string): { hour: number; today: bigint; yesterday: bigint; weekAgo: bigint }[] {
  const at = (back: 0 | 1 | 7, hour: number) =>
    hours.find((one) => one.back === back && one.hour === hour && one.currency === currency)?.amount ?? 0n;
  return Array.from({ length: 24 }, (_, hour) => ({ hour, today: at(0, hour), yesterday: at(1, hour), weekAgo: at(7, hour) }));
}

/** `part` of `whole` in thousandths, whole numbers only: how long a bar is drawn. */
export function thousandths(part: bigint, whole: bigint): number {
  return whole === 0n ? 0 : Number((part * 1000n) / whole);
}

export interface Rate<Key extends string = string> {
  key: Key;
  tried: number;
  paid: number;
  ended: number;
}

/** Tries added up by method, in the methods' own order. */
export function byMethod(channels: Figures["channels"]): Rate<Method>[] {
  const rates = addUp(channels, ({ method }) => method) as Rate<Method>[];
  return rates.sort((a, b) => METHODS.indexOf(a.key) - METHODS.indexOf(b.key));
}

/** A gateway's tries: its accounts' added up, and each account's own. */
export interface GatewayRate extends Rate {
  accounts: readonly Rate[];
}

/** Tries added up by gateway, the busiest first, each with its accounts, the busiest first. An account of an unknown gateway stands alone. */
export function byGateway(channels: Figures["channels"], gatewayOf: ReadonlyMap<string, string>): GatewayRate[] {
  const busiest = (rates: Rate[]) => rates.sort((a, b) => b.tried - a.tried || a.key.localeCompare(b.key));
  const gateway = (accountId: string) => gatewayOf.get(accountId) ?? accountId;
  const accounts = busiest(addUp(channels, ({ accountId }) => accountId));
  return busiest(addUp(channels, ({ accountId }) => gateway(accountId))).map((rate) => ({
    ...rate,
    accounts: accounts.filter(({ key }) => gateway(key) === rate.key),
  }));
}

function addUp(channels: Figures["channels"], keyOf: (one: Figures["channels"][number]) => string): Rate[] {
  const sums = new Map<string, Rate>();
  for (const one of channels) {
    const key = keyOf(one);
    const known = sums.get(key) ?? { key, tried: 0, paid: 0, ended: 0 };
    sums.set(key, { key, tried: known.tried + one.tried, paid: known.paid + one.paid, ended: known.ended + one.ended });
  }
  return [...sums.values()];
}
