import { describe, expect, it } from "vitest";
import {
  byGateway,
  byMethod,
  changeOf,
  dailyOf,
  dayBefore,
  type Figures,
  hourlyOf,
  takingsOf,
  thousandths,
} from "#components/dashboard/home-shape.ts";

const FIGURES: Figures = {
  today: "2026-03-01",
  until: null,
  days: [
    { day: "2026-02-01", currency: "CNY", count: 3, amount: 30n },
    { day: "2026-03-01", currency: "HKD", count: 1, amount: 900n },
  ],
  hours: [
    { back: 0, hour: 9, currency: "HKD", count: 1, amount: 900n },
    { back: 1, hour: 9, currency: "CNY", count: 1, amount: 7n },
  ],
  byNow: [{ back: 1, currency: "HKD", count: 2, amount: 600n }],
  steps: { opened: 0, chosen: 0, shown: 0, paid: 0, ended: 0 },
  channels: [
    { accountId: "a", method: "alipay.qr", tried: 1, paid: 1, ended: 1 },
    { accountId: "b", method: "wechat.native", tried: 5, paid: 2, ended: 4 },
    { accountId: "b", method: "alipay.qr", tried: 2, paid: 0, ended: 2 },
  ],
};

describe("the home screen's figures", () => {
  it("keep currencies apart, the one with the most payments first, and miss no day that had none", () => {
    expect(takingsOf(FIGURES)).toEqual([
      { currency: "CNY", today: { count: 0, amount: 0n }, yesterday: { count: 0, amount: 0n }, weekAgo: { count: 0, amount: 0n } },
      { currency: "HKD", today: { count: 1, amount: 900n }, yesterday: { count: 2, amount: 600n }, weekAgo: { count: 0, amount: 0n } },
    ]);
    const days = dailyOf(FIGURES, "HKD");
    expect([days.length, days[0]?.day, days.at(-1)]).toEqual([30, "2026-01-31", { day: "2026-03-01", count: 1, amount: 900n }]);
    expect(hourlyOf(FIGURES, "HKD").filter(({ today, yesterday }) => today + yesterday > 0n)).toEqual([
      { hour: 9, today: 900n, yesterday: 0n, weekAgo: 0n },
    ]);
  });

  it("say how much more or less without a float, and nothing where there was nothing to compare with", () => {
    expect(changeOf(900n, 600n)).toBe(500);
    expect(changeOf(0n, 600n)).toBe(-1000);
    expect(changeOf(900n, 0n)).toBeNull();
    expect(changeOf(2n ** 62n, 2n ** 61n)).toBe(1000);
    expect(thousandths(1n, 0n)).toBe(0);
  });

  it("cross the ends of months and years", () => {
    expect(dayBefore("2028-03-01", 1)).toBe("2028-02-29");
    expect(dayBefore("2026-01-01", 1)).toBe("2025-12-31");
  });

  it("add tries up by method, and by gateway with its accounts", () => {
    expect(byMethod(FIGURES.channels).map(({ key, tried, paid, ended }) => [key, tried, paid, ended])).toEqual([
      ["wechat.native", 5, 2, 4],
      ["alipay.qr", 3, 1, 3],
    ]);
    const gatewayOf = new Map([
      ["a", "hipopay-agent"],
      ["b", "hipopay-agent"],
      ["c", "xxpay"],
    ]);
    const channels = [
      ...FIGURES.channels,
      { accountId: "c", method: "alipay.qr", tried: 9, paid: 9, ended: 9 } as const,
      { accountId: "gone", method: "alipay.qr", tried: 1, paid: 0, ended: 0 } as const,
    ];
    expect(byGateway(channels, gatewayOf)).toEqual([
      { key: "xxpay", tried: 9, paid: 9, ended: 9, accounts: [{ key: "c", tried: 9, paid: 9, ended: 9 }] },
      {
        ...{ key: "hipopay-agent", tried: 8, paid: 3, ended: 7 },
        accounts: [
          { key: "b", tried: 7, paid: 2, ended: 6 },
          { key: "a", tried: 1, paid: 1, ended: 1 },
        ],
      },
      { key: "gone", tried: 1, paid: 0, ended: 0, accounts: [{ key: "gone", tried: 1, paid: 0, ended: 0 }] },
    ]);
  });
});
