import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxNotices } from "#db/schema/sandbox/notices.ts";
import { md5Hex } from "#lib/crypto/digest.ts";
import { dialectById } from "#lib/dialects/registry.ts";
import type { Fault } from "#lib/sandbox/faults.ts";
import { type GatewayId, SANDBOX_GATEWAYS } from "#lib/sandbox/gateways.ts";
import { noticesOf } from "#lib/sandbox/notice-listing.ts";
import { drainNotices } from "#lib/sandbox/notifier.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { newPayment, sandboxWorld, type World, worldAt } from "#lib/sandbox/testing.ts";

let world: World;
beforeAll(async () => {
  world = await sandboxWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.update(sandboxNotices).set({ state: "given_up" });
  world.receiver.received.length = 0;
});

const GATEWAYS = SANDBOX_GATEWAYS.map(({ id, successWord }) => [id, successWord] as const);

/** Ten yuan paid at a gateway, with one fault; answers what the caller's server was sent. */
async function paidAt(gateway: GatewayId, word: string, fault?: Fault) {
  const { backend, caller } = await worldAt(world, gateway);
  const merchantNo = caller.merchantNos[0] ?? "";
  const extra = gateway === "fengniao" ? { sign_type: "MD5" } : {};
  const asked = newPayment(world, {
    merchantNo,
    currency: "CNY",
    amount: "10.00",
    clientNo: `N${Math.random().toString(36).slice(2)}`,
    extra,
  });
  const made = await backend.create(caller, asked);
  if (!made.ok) throw new Error(made.problem);
  await payPayment(world.database, made.value.no, { shopper: "anna", channel: "CN" }, fault ? [{ fault, seconds: null }] : []);
  world.receiver.answer = () => ({ status: 200, body: word });
  const counts = await drainNotices(world.database);
  const [got] = world.receiver.received;
  return { counts, no: made.value.no, backend, caller, fields: got?.method === "GET" ? got.query : (got?.body ?? new URLSearchParams()) };
}

describe.each(GATEWAYS)("%s", (gateway, word) => {
  it("is provisioned, and its side of the wire is spoken", async () => {
    expect(dialectById(gateway)).not.toBeNull();
    expect((await worldAt(world, gateway)).caller.merchantNos).toHaveLength(1);
  });

  it(`takes ${word} for an acknowledgement, and remembers when it first came`, async () => {
    const { counts, no, backend, caller } = await paidAt(gateway, word);
    expect(counts).toEqual({ sent: 1, acknowledged: 1, failed: 0 });
    expect((await backend.find(caller, { no }))?.acknowledgedAt).toBeInstanceOf(Date);
  });

  it("takes no other word, and goes on by its schedule", async () => {
    const { counts, no, backend, caller } = await paidAt(gateway, "understood");
    expect(counts).toEqual({ sent: 1, acknowledged: 0, failed: 1 });
    const [notice] = await noticesOf(world.database, no);
    const wait = ((notice?.nextAt.getTime() ?? 0) - Date.now()) / 1000;
    expect(Math.abs(wait - (dialectById(gateway)?.retrySeconds[0] ?? -99))).toBeLessThan(1.5);
    expect(await backend.find(caller, { no })).toMatchObject({ acknowledgedAt: null });
  });
});

/** The signatures of the three gateways with a shared secret, from protocols.md §2–§4, and where their amount stands. */
const SHARED = {
  mpgateway: {
    signed: (fields: URLSearchParams, key: string) => md5Hex(`${fields.get("resp")}${key}`) === fields.get("sign"),
    amount: (fields: URLSearchParams) => String(JSON.parse(Buffer.from(fields.get("resp") ?? "", "base64").toString()).txnamt),
    wrong: "1001",
  },
  xxpay: {
    signed: (fields: URLSearchParams, key: string) => md5Hex(sorted(fields, ["sign"], key)).toUpperCase() === fields.get("sign"),
    amount: (fields: URLSearchParams) => fields.get("amount"),
    wrong: "1001",
  },
  fengniao: {
    signed: (fields: URLSearchParams, key: string) => md5Hex(sorted(fields, ["sign", "sign_type"], key)) === fields.get("sign"),
    amount: (fields: URLSearchParams) => fields.get("total_amount"),
    wrong: "10.01",
  },
} as const;

function sorted(fields: URLSearchParams, without: readonly string[], key: string): string {
  const kept = [...fields].filter(([name, value]) => value !== "" && !without.includes(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${kept.map(([name, value]) => `${name}=${value}`).join("&")}&key=${key}`;
}

describe.each(Object.keys(SHARED) as (keyof typeof SHARED)[])("lies at %s", (gateway) => {
  const { signed, amount, wrong } = SHARED[gateway];

  it("a wrong amount is properly signed and a fen too much; the ledger keeps the truth", async () => {
    const { fields, caller, backend, no } = await paidAt(gateway, "", "notice_wrong_amount");
    expect(amount(fields)).toBe(wrong);
    expect(signed(fields, caller.secret ?? "")).toBe(true);
    expect(await backend.find(caller, { no })).toMatchObject({ amount: "10.00" });
  });

  it("a forged notice says the right amount under a signature that is not the gateway's", async () => {
    const { fields, caller } = await paidAt(gateway, "", "notice_forged");
    expect(amount(fields)).not.toBe(wrong);
    expect(fields.get("sign")).toMatch(/^[0-9a-f]{32}$/i);
    expect(signed(fields, caller.secret ?? "")).toBe(false);
  });

  it("the genuine one verifies", async () => {
    const { fields, caller } = await paidAt(gateway, "");
    expect(signed(fields, caller.secret ?? "")).toBe(true);
  });
});
