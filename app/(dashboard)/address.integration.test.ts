import { describe, expect, it } from "vitest";
import { auditHref, readAddress as readAudit } from "#app/(dashboard)/dashboard/audit/filter.ts";
import { deliveriesHref, readAddress as readDeliveries } from "#app/(dashboard)/dashboard/deliveries/filter.ts";

const EMPTY = { from: null, to: null };

describe("a list's address", () => {
  it("is read as it was written, and says nothing of what is empty", () => {
    const address = { actor: "usr_1", action: "links.edit", target: "lnk_2", from: "2026-11-01", to: "2026-11-20" };
    const cursor = { direction: "older", sequence: 42 } as const;
    const search = Object.fromEntries(new URL(auditHref(address, cursor), "http://x").searchParams);
    expect(readAudit(search)).toEqual({ address, cursor, bad: [] });
    expect(auditHref({})).toBe("/dashboard/audit");
    const deliveries = { ...EMPTY, state: "dead", endpoint: "whe_1", type: "order.paid" } as const;
    const given = Object.fromEntries(new URL(deliveriesHref(deliveries), "http://x").searchParams);
    expect(readDeliveries({ ...given, from: " " })).toEqual({ address: deliveries, cursor: null, bad: [] });
  });

  it.each([
    [{ from: "2026-02-30" }, EMPTY, ["from"]],
    [{ from: "2026-11-20", to: "2026-11-01" }, { from: "2026-11-20", to: null }, ["to"]],
    [{ to: ["2026-11-01", "x"] }, { from: null, to: "2026-11-01" }, []],
    [{ cursor: "sideways.1" }, EMPTY, ["cursor"]],
    [{ actor: "a b" }, EMPTY, ["actor"]],
  ])("%j: what cannot be used is named and left out", (search, days, bad) => {
    const read = readAudit(search);
    expect(read).toMatchObject({ address: { actor: null, action: null, target: null, ...days }, cursor: null });
    expect(read.bad).toEqual(bad);
  });

  it("of deliveries names a state, an endpoint or an event type there is not", () => {
    expect(readDeliveries({ state: "gone", endpoint: "whe_'", type: "order.none" }).bad).toEqual(["state", "endpoint", "type"]);
  });
});
