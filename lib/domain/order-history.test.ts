import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrderEventType } from "#db/schema/order-events.ts";
import { type AttemptEvent, nextAttemptState } from "#lib/domain/attempt.ts";
import { formatMajor } from "#lib/domain/money.ts";
import { nextOrderState } from "#lib/domain/order.ts";
import { EFFECTS, type HistoryEvent, type OrderThen, replayOrder } from "#lib/domain/order-history.ts";
import { nextRefundState, REFUND_HOLDS, type RefundState } from "#lib/domain/refund.ts";
import { DECISIONS } from "#lib/webhooks/decisions.ts";

const ORDER = { amount: 8800n, currency: "HKD" };
const second = (n: number) => new Date(Date.UTC(2026, 10, 20, 0, 0, n));
const line = (sequence: number, type: OrderEventType, data: Record<string, unknown> = {}): HistoryEvent => ({
  ...{ sequence, type, data },
  at: second(sequence),
});
const END = second(9999);

describe("what each event does", () => {
  it("is said of every type of event there is", () => {
    expect(Object.keys(EFFECTS).sort()).toEqual(
      Object.keys(DECISIONS)
        .filter((type) => !type.startsWith("payout."))
        .sort(),
    );
  });
});

describe("an order at an instant", () => {
  const sent = { attempt: "a", amount: "88.00", currency: "HKD" };
  const paid = [
    line(1, "order.created", { amount: "88.00", currency: "HKD" }),
    line(2, "attempt.sent", sent),
    line(3, "attempt.presented", { attempt: "a" }),
    line(4, "order.paid", { attempt: "a" }),
    line(5, "refund.created", { attempt: "a", refund: "r", amount: "8.00" }),
    line(6, "refund.failed", { attempt: "a", refund: "r" }),
    line(7, "refund.created", { attempt: "a", refund: "s", amount: "80.00", manual: true }),
  ];

  it("is nothing before it was created", () => {
    expect(replayOrder(ORDER, paid, second(0))).toBeNull();
  });

  it.each([
    [1, { state: "open", paidAmount: 0n, attempts: [] }],
    [3, { state: "open", paidAmount: 0n, attempts: [{ id: "a", state: "presented" }] }],
    [4, { state: "paid", paidAmount: 8800n, refundedAmount: 0n, paidAttemptId: "a", attempts: [{ id: "a", state: "paid" }] }],
    [5, { refundedAmount: 800n, refunds: [{ id: "r", state: "reserved" }] }],
    [6, { refundedAmount: 0n, refunds: [{ id: "r", state: "failed" }] }],
    [7, { refundedAmount: 8000n, attempts: [{ refundedAmount: 8000n }], refunds: [{ state: "failed" }, { id: "s", state: "manual" }] }],
  ])("after event %i it is what it was", (n, then) => {
    const found = replayOrder(ORDER, paid, second(n));
    expect(found).toMatchObject(then);
    expect(found?.strange).toEqual([]);
  });

  it("needs a person after what says so, until somebody has looked", () => {
    const events = [line(1, "order.created"), line(2, "order.mismatch"), line(3, "order.reviewed")];
    expect([1, 2, 3].map((n) => replayOrder(ORDER, events, second(n))?.needsReview)).toEqual([false, true, false]);
  });

  it.each([
    ["a gap", [line(1, "order.created"), line(3, "order.expired")], [3], "open"],
    ["a payment of an attempt that was never sent", [line(1, "order.created"), line(2, "order.paid", { attempt: "x" })], [2], "open"],
    ["a move the table forbids", [line(1, "order.created"), line(2, "order.expired"), line(3, "order.cancelled")], [3], "expired"],
    ["a name of Object's own", [line(1, "order.created"), line(2, "constructor" as OrderEventType)], [2], "open"],
  ])("names %s and makes nothing up", (_what, events, strange, state) => {
    expect(replayOrder(ORDER, events, END)).toMatchObject({ strange, state });
  });
});

type Rows = Omit<OrderThen, "strange">;

/** A small office that keeps rows and a history, as lib/payments does, for random work. */
class Office {
  rows: Rows = {
    ...{ sequence: 0, state: "open", paidAmount: 0n, refundedAmount: 0n, paidLate: false, needsReview: false, paidAttemptId: null },
    ...{ attempts: [], refunds: [] },
  };
  events: HistoryEvent[] = [];
  snapshots: Rows[] = [];

  record(type: OrderEventType, data: Record<string, unknown> = {}): void {
    this.rows.sequence += 1;
    this.events.push(line(this.rows.sequence, type, data));
    this.snapshots.push(structuredClone(this.rows));
  }

  send(amount: bigint): void {
    const id = `att${this.rows.attempts.length}`;
    this.rows.attempts.push({ id, state: "sent", amount, refundedAmount: 0n, surplus: false });
    this.record("attempt.sent", { attempt: id, amount: formatMajor({ minor: amount, currency: "HKD" }) });
  }

  move(pick: number, event: Exclude<AttemptEvent, "send" | "pay">, type: OrderEventType): void {
    const attempt = this.rows.attempts[pick % this.rows.attempts.length];
    const state = attempt && nextAttemptState(attempt.state, event);
    if (!attempt || !state) return;
    attempt.state = state;
    this.record(type, { attempt: attempt.id });
  }

  pay(pick: number, gone: boolean): void {
    const attempt = this.rows.attempts[pick % this.rows.attempts.length];
    if (!attempt || nextAttemptState(attempt.state, "pay") === null) return;
    const late = this.rows.state !== "open";
    const surplus = nextOrderState(this.rows.state, "pay") === null;
    attempt.state = "paid";
    attempt.surplus = surplus;
    this.rows.paidAmount += attempt.amount;
    if (surplus || late || gone) this.rows.needsReview = true;
    if (!surplus) Object.assign(this.rows, { state: "paid", paidLate: late, paidAttemptId: attempt.id });
    this.record(surplus ? "order.surplus" : late ? "order.paid_late" : "order.paid", { attempt: attempt.id, ...(gone && { gone }) });
  }

  refund(pick: number, part: number, manual: boolean): void {
    const paid = this.rows.attempts.filter((one) => one.state === "paid" && one.refundedAmount < one.amount);
    const attempt = paid[pick % paid.length];
    if (!attempt) return;
    const left = attempt.amount - attempt.refundedAmount;
    const amount = (left * BigInt(part)) / 100n + 1n > left ? left : (left * BigInt(part)) / 100n + 1n;
    const id = `rfd${this.rows.refunds.length}`;
    this.rows.refunds.push({ id, attemptId: attempt.id, amount, state: manual ? "manual" : "reserved" });
    attempt.refundedAmount += amount;
    this.rows.refundedAmount += amount;
    this.record("refund.created", { attempt: attempt.id, refund: id, manual, amount: formatMajor({ minor: amount, currency: "HKD" }) });
  }

  answer(pick: number, event: "succeed" | "fail" | "lose", type: OrderEventType): void {
    const open = this.rows.refunds.filter((one) => one.state === "reserved" || one.state === "unknown");
    const refund = open[pick % open.length];
    if (!refund) return;
    refund.state = nextRefundState("sent", event) as Exclude<RefundState, "sent">;
    if (!REFUND_HOLDS[refund.state]) {
      const attempt = this.rows.attempts.find((one) => one.id === refund.attemptId);
      if (attempt) attempt.refundedAmount -= refund.amount;
      this.rows.refundedAmount -= refund.amount;
    }
    this.record(type, { refund: refund.id, attempt: refund.attemptId });
  }

  end(event: "expire" | "cancel"): void {
    const next = nextOrderState(this.rows.state, event);
    if (next === null) return;
    this.rows.state = next;
    this.record(event === "expire" ? "order.expired" : "order.cancelled");
  }

  review(needs: boolean): void {
    this.rows.needsReview = needs;
    this.record(needs ? "order.flagged" : "order.reviewed");
  }
}

const nat = fc.nat({ max: 50 });
const STEP = fc.oneof(
  fc.bigInt({ min: 1n, max: 999_999n }).map((amount) => (office: Office) => office.send(amount)),
  nat.map((n) => (office: Office) => office.move(n, "present", "attempt.presented")),
  nat.map((n) => (office: Office) => office.move(n, "lose", "attempt.unknown")),
  nat.map((n) => (office: Office) => office.move(n, "refuse", "attempt.refused")),
  nat.map((n) => (office: Office) => office.move(n, "fail", "attempt.failed")),
  nat.map((n) => (office: Office) => office.move(n, "close", "attempt.closed")),
  fc.tuple(nat, fc.boolean()).map(
    ([n, gone]) =>
      (office: Office) =>
        office.pay(n, gone),
  ),
  fc.tuple(nat, fc.integer({ min: 1, max: 100 }), fc.boolean()).map(
    ([n, part, manual]) =>
      (office: Office) =>
        office.refund(n, part, manual),
  ),
  nat.map((n) => (office: Office) => office.answer(n, "succeed", "refund.succeeded")),
  nat.map((n) => (office: Office) => office.answer(n, "fail", "refund.failed")),
  nat.map((n) => (office: Office) => office.answer(n, "lose", "refund.unknown")),
  fc.constantFrom("expire" as const, "cancel" as const).map((event) => (office: Office) => office.end(event)),
  fc.boolean().map((needs) => (office: Office) => office.review(needs)),
);

it("whatever happened, each instant is told as the rows were then, and the end as they are", () => {
  fc.assert(
    fc.property(fc.array(STEP, { maxLength: 60 }), (steps) => {
      const office = new Office();
      office.record("order.created");
      for (const step of steps) step(office);
      for (const [index, rows] of office.snapshots.entries())
        expect(replayOrder(ORDER, office.events, second(index + 1))).toEqual({ ...rows, strange: [] });
      expect(replayOrder(ORDER, office.events, END)).toEqual({ ...office.rows, strange: [] });
    }),
    { numRuns: 300 },
  );
});
