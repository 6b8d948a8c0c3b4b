import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openLanes, STEP_ASIDE_MS, STRANGERS_MAX } from "#lib/webhooks/lanes.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lanes whose endpoints take as long to answer as their name says: `ok` at once, `hangs` eight seconds, `fails` at once. */
function world(more: Record<string, string[]> = {}) {
  const started: { endpoint: string; stream: string; at: number }[] = [];
  const ended: { endpoint: string; stream: string; at: number }[] = [];
  const under = new Map<string, number>();
  const peak = new Map<string, number>();
  const stop = new AbortController();
  const lanes = openLanes({
    signal: stop.signal,
    refill: async (endpoint) => more[endpoint]?.splice(0, 50) ?? [],
    run: async (endpoint, stream) => {
      started.push({ endpoint, stream, at: Date.now() });
      under.set(endpoint, (under.get(endpoint) ?? 0) + 1);
      peak.set(endpoint, Math.max(peak.get(endpoint) ?? 0, under.get(endpoint) ?? 0));
      const ms = endpoint.startsWith("hangs") ? 8000 : 10;
      await new Promise((resolve) => setTimeout(resolve, ms));
      under.set(endpoint, (under.get(endpoint) ?? 0) - 1);
      ended.push({ endpoint, stream, at: Date.now() });
      return { acknowledged: endpoint.startsWith("ok"), slowestMs: ms };
    },
  });
  return { lanes, started, ended, peak, stop };
}

describe("the lanes of endpoints", () => {
  it("send what is offered, a stream once however often it is offered while it waits", async () => {
    const { lanes, ended } = world();
    for (let each = 0; each < 5; each += 1) lanes.offer("ok", "order 1");
    await vi.runAllTimersAsync();
    // Once for the first offer, once more for those that came while it was under way: the rows say whether anything is left.
    expect(ended.map((one) => one.stream)).toEqual(["order 1", "order 1"]);
  });

  it("never send one stream twice at once", async () => {
    const { lanes, peak } = world();
    for (let each = 0; each < 5; each += 1) lanes.offer("hangs", "order 1");
    await vi.runAllTimersAsync();
    expect(peak.get("hangs")).toBe(1);
  });

  it("a hundred endpoints that hang, with fifty orders each, delay a healthy one by less than two seconds", async () => {
    const { lanes, ended } = world();
    const begun = Date.now();
    for (let order = 0; order < 50; order += 1) {
      for (let endpoint = 0; endpoint < 100; endpoint += 1) lanes.offer(`hangs ${endpoint}`, `order ${order}`);
    }
    // While they hang, for a minute, something healthy comes twice a second.
    const offered = new Map<string, number>();
    for (let each = 0; each < 120; each += 1) {
      offered.set(`late ${each}`, Date.now());
      lanes.offer("ok", `late ${each}`);
      await vi.advanceTimersByTimeAsync(500);
    }
    const waits = ended.filter((one) => one.endpoint === "ok").map((one) => one.at - (offered.get(one.stream) ?? 0));
    expect(waits).toHaveLength(120);
    expect(Date.now() - begun).toBe(60_000);
    // The first one comes as a stranger, when a hundred others are met for the first time.
    expect(waits[0]).toBeLessThanOrEqual(2100);
    expect(Math.max(...waits.slice(1))).toBeLessThanOrEqual(2000);
    expect(Math.max(...waits.slice(8))).toBeLessThanOrEqual(20);
  });

  it("one that hangs, with a thousand orders, delays nobody at all", async () => {
    const { lanes, ended } = world({ hangs: Array.from({ length: 1000 }, (_, each) => `more ${each}`) });
    for (let order = 0; order < 1000; order += 1) lanes.offer("hangs", `order ${order}`);
    const waits: number[] = [];
    for (let each = 0; each < 100; each += 1) {
      const at = Date.now();
      lanes.offer("ok", `order ${each}`);
      await vi.advanceTimersByTimeAsync(50);
      waits.push((ended.find((one) => one.endpoint === "ok" && one.stream === `order ${each}`)?.at ?? Number.POSITIVE_INFINITY) - at);
    }
    expect(Math.max(...waits)).toBe(10);
  });

  it("give a good endpoint more at once, and one that fails or is slow one at a time", async () => {
    const { lanes, peak, started } = world();
    for (const endpoint of ["ok", "fails", "hangs"]) for (let order = 0; order < 60; order += 1) lanes.offer(endpoint, `order ${order}`);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(peak.get("ok")).toBe(16);
    expect(peak.get("fails")).toBe(1);
    const later = started.filter((one) => one.endpoint === "hangs" && one.at > (started[0]?.at ?? 0) + 8000);
    expect(new Set(later.map((one) => one.at)).size).toBe(later.length);
  });

  it("never meet more strangers at once than there are places for them", async () => {
    const { lanes, started } = world();
    for (let endpoint = 0; endpoint < 100; endpoint += 1)
      for (let order = 0; order < 4; order += 1) lanes.offer(`hangs ${endpoint}`, `${order}`);
    expect(started).toHaveLength(STRANGERS_MAX);
    await vi.advanceTimersByTimeAsync(STEP_ASIDE_MS);
    expect(started).toHaveLength(2 * STRANGERS_MAX);
    await vi.runAllTimersAsync();
    expect(started).toHaveLength(400);
  });

  it("ask for more of an endpoint that had many, until there is no more", async () => {
    const { lanes, ended } = world({ ok: Array.from({ length: 300 }, (_, each) => `more ${each}`) });
    for (let order = 0; order < 10; order += 1) lanes.offer("ok", `order ${order}`);
    const done = lanes.idle();
    await vi.runAllTimersAsync();
    await done;
    expect(new Set(ended.map((one) => one.stream)).size).toBe(310);
  });

  it("start nothing more once they are stopped; what is under way ends", async () => {
    const { lanes, started, ended, stop } = world();
    for (let order = 0; order < 60; order += 1) lanes.offer("ok", `order ${order}`);
    stop.abort();
    const before = started.length;
    await vi.runAllTimersAsync();
    expect([started.length, ended.length]).toEqual([before, before]);
  });
});
