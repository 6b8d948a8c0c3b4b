import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DELIVERY_JITTER, DELIVERY_RETRY_SECONDS, nextDeliverySeconds, nextSweepAt } from "#lib/domain/schedules.ts";

const start = new Date("2026-11-20T02:00:00Z");
const at = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);

describe("the query sweep", () => {
  it.each([
    [0, 5],
    [5, 15],
    [15, 30],
    [31, 60],
    [60, 120],
    [121, 300],
    [300, 600],
    [1799, 1800],
    // expiry 1800 + 30 minutes: every five minutes up to 3600, then hourly for a day
    [3500, 3600],
    [3600, 7200],
    [7200, 10_800],
    [3600 + 86_399, 3600 + 86_400],
  ])("at %s s the next look is at %s s", (now, next) => {
    expect(nextSweepAt(start, at(1800), at(now))).toEqual(at(next));
  });

  it("is over a day after the steady part", () => {
    expect(nextSweepAt(start, at(1800), at(3600 + 86_400))).toBeNull();
  });

  it("always lies in the future and ends, whatever the lifetime", () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 604_800 }), fc.integer({ min: 0, max: 800_000 }), (lifetime, now) => {
        const next = nextSweepAt(start, at(lifetime), at(now));
        if (next) expect(next.getTime()).toBeGreaterThan(at(now).getTime());
        else expect(now).toBeGreaterThanOrEqual(lifetime + 1800 + 86_400 - 3600);
      }),
    );
  });
});

describe("webhook retries", () => {
  it("ten tries over 75 hours", () => {
    expect(DELIVERY_RETRY_SECONDS).toHaveLength(9);
    expect(DELIVERY_RETRY_SECONDS.reduce((sum, seconds) => sum + seconds, 0)).toBe(75 * 3600);
    expect(nextDeliverySeconds(DELIVERY_RETRY_SECONDS, 10, DELIVERY_JITTER, 0.5)).toBeNull();
  });

  it("are jittered by at most a tenth", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (tries, random) => {
        const base = DELIVERY_RETRY_SECONDS[tries - 1] ?? 0;
        const seconds = nextDeliverySeconds(DELIVERY_RETRY_SECONDS, tries, DELIVERY_JITTER, random) ?? 0;
        expect(seconds).toBeGreaterThanOrEqual(base * 0.9);
        expect(seconds).toBeLessThanOrEqual(base * 1.1);
      }),
    );
  });

  it("and by no less: drawn low a tenth sooner, drawn high a tenth later", () => {
    const drawn = (random: number) => nextDeliverySeconds(DELIVERY_RETRY_SECONDS, 3, DELIVERY_JITTER, random);
    expect([drawn(0), drawn(0.5), drawn(0.75)]).toEqual([270, 300, 315]);
  });
});
