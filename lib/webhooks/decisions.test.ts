import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ATTEMPT_TRANSITIONS } from "#lib/domain/attempt.ts";
import { ORDER_TRANSITIONS } from "#lib/domain/order.ts";
import { PAYOUT_TRANSITIONS } from "#lib/domain/payout.ts";
import { REFUND_TRANSITIONS } from "#lib/domain/refund.ts";
import { CHANGES, COMMON_TYPES, DECISIONS, TEST_TYPE, WEBHOOK_TYPES } from "#lib/webhooks/decisions.ts";

const TABLES: Record<keyof typeof CHANGES, Record<string, Record<string, string | null>>> = {
  order: ORDER_TRANSITIONS,
  attempt: ATTEMPT_TRANSITIONS,
  refund: REFUND_TRANSITIONS,
  payout: PAYOUT_TRANSITIONS,
};

/** Every legal change of state: `attempt: sent -lose-> unknown`. */
const STEPS = Object.entries(TABLES).flatMap(([thing, table]) =>
  Object.entries(table).flatMap(([from, events]) =>
    Object.entries(events).flatMap(([event, to]) => (to === null ? [] : [{ thing: thing as keyof typeof CHANGES, from, event, to }])),
  ),
);
const root = path.resolve(import.meta.dirname, "../..");

describe("what a shop is told", () => {
  it("the tables have steps to walk", () => expect(STEPS.length).toBeGreaterThan(30));

  it.each(STEPS)("$thing: $from -$event-> $to has an event, and the event a decision", ({ thing, event }) => {
    const types = (CHANGES[thing] as Record<string, readonly (keyof typeof DECISIONS)[]>)[event] ?? [];
    expect(types.length).toBeGreaterThan(0);
    for (const type of types) {
      const decision = DECISIONS[type];
      expect(["common", "named", "no"]).toContain(decision.told);
      if (decision.told === "no") expect(decision.why.length).toBeGreaterThan(20);
    }
  });

  it("is never silence about an end, or about money", () => {
    const ends = [
      "order.paid",
      "order.paid_late",
      "order.surplus",
      "order.expired",
      "order.cancelled",
      "refund.succeeded",
      "refund.failed",
    ];
    for (const type of [...ends, "payout.paid", "payout.failed"]) expect(COMMON_TYPES).toContain(type);
  });

  it("of nothing that no use case ever writes", () => {
    const folder = path.join(root, "lib/payments");
    const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.includes("test"));
    const source = files.map((name) => readFileSync(path.join(folder, name), "utf8")).join("\n");
    expect(WEBHOOK_TYPES.filter((type) => !source.includes(`"${type}"`))).toEqual([]);
  });

  it("is documented: each type with when it is sent, and an example of its own", () => {
    const text = readFileSync(path.join(root, "docs/webhooks.md"), "utf8");
    const examples = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => JSON.parse(json ?? "") as { type: string });
    for (const type of [...WEBHOOK_TYPES, TEST_TYPE]) {
      expect(text, type).toMatch(new RegExp(`^\\| \`${type.replace(".", "\\.")}\` \\|`, "m"));
      expect(
        examples.map((one) => one.type),
        type,
      ).toContain(type);
    }
  });
});
