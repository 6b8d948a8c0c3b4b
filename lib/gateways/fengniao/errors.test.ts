import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import { ERROR_CODES } from "#lib/gateways/fengniao/errors.ts";
import { cny, createRequest, no, ok, openedAccount } from "#lib/gateways/fengniao/test-account.ts";
import type { PaymentKey } from "#lib/gateways/gateway.ts";
import type { OutgoingAnswer } from "#lib/gateways/port.ts";

const KEY: PaymentKey = { method: "wechat.native", gatewayOrderNo: "T1", gatewayRef: null, amount: cny(1n) };
const query = async (reply: OutgoingAnswer) => openedAccount([reply]).account.query?.(KEY);
const create = async (reply: OutgoingAnswer) => openedAccount([reply]).account.create("wechat.native", createRequest());

/** §3.4, as printed. */
const DOCUMENT = [
  ...[1000, 10001, 10002, 10003, 10005, 10006, 10007, 10008, 10009, 10010, 10011, 10012, 12001, 12002, 12003, 12004],
  ...[13001, 14001, 14500, 15001, 15002, 15501, 15502, 15503],
].map(String);

describe("the document's codes", () => {
  it("are all in the table, and no others", () => {
    expect(Object.keys(ERROR_CODES).sort()).toEqual([...DOCUMENT].sort());
  });

  it.each(Object.entries(ERROR_CODES))("%s is %s, as a number or as text, with HTTP 200 or 400", async (code, meaning) => {
    const refused = { ok: false, kind: "refused", code: meaning, message: "不行", gatewayCode: code };
    const expected = meaning === "unknown" ? { ok: false, kind: "unknown" } : refused;
    const { body } = no(code) as { body: string };
    for (const reply of [no(code), no(Number(code)), answer(body, 400)]) expect(await query(reply)).toMatchObject(expected);
  });

  it("a system error may have come after the deed: unclear, for everything that is sent", async () => {
    const { account } = openedAccount([no(1000), no(1000), no(1000), no(1000)]);
    expect(await account.create("wechat.barcode", createRequest())).toMatchObject({ ok: false, kind: "unknown" });
    expect(await account.refund?.({ ...KEY, refundNo: "F1", refundAmount: KEY.amount })).toMatchObject({ ok: false, kind: "unknown" });
    expect(await account.close?.({ ...KEY, gatewayRef: "R1" })).toMatchObject({ ok: false, kind: "unknown" });
    expect(await account.query?.(KEY)).toMatchObject({ ok: false, kind: "unknown" });
  });

  it("a create's duplicate number says that an earlier try arrived", async () => {
    expect(await create(no(12001))).toMatchObject({ ok: false, kind: "unknown" });
    expect(await create(no(10008, "参数"))).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
  });
});

describe("an answer without the document's word is unclear, never a refusal", () => {
  it.each([
    ["a page", answer("<h1>404</h1>", 404)],
    ["a redirect", answer("", 302)],
    ["nothing", answer("")],
    ["no error_code", answer({ error_msg: "成功", out_trade_no: "T1" })],
    ["an empty code", no("")],
    ["a code nobody knows", no(99999)],
    ["a code that is a property of every object", no("constructor")],
    ["a code that is almost success", no("00")],
    ["success with an error's HTTP status", { ...ok({ out_trade_no: "T1", trade_status: "CLOSED" }), status: 500 } as OutgoingAnswer],
    ["a refusal from a server that broke down", answer({ error_code: 12002, error_msg: "" }, 502)],
    ["a list", answer("[]")],
    ["an answer beyond a mebibyte", answer({ error_code: 12002, error_msg: "x".repeat(1_048_576) })],
  ])("%s", async (_what, reply) => {
    expect(await query(reply)).toMatchObject({ ok: false, kind: "unknown" });
    expect(await create(reply)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

it("a request that never left may go elsewhere; one that may have arrived must be asked about", async () => {
  expect(await create({ kind: "none", reached: "no", message: "ECONNREFUSED" })).toMatchObject({ ok: false, kind: "unreachable" });
  expect(await create({ kind: "none", reached: "maybe", message: "timeout" })).toMatchObject({ ok: false, kind: "unknown" });
});

it("scan pay waits longer for its answer: the shopper may be typing a password", async () => {
  const { account, port } = openedAccount([no(1000), no(1000), no(1000)]);
  await account.create("wechat.barcode", createRequest());
  await account.create("alipay.barcode", createRequest());
  await account.create("alipay.qr", createRequest());
  expect(port.sent.map(({ timeoutMs }) => timeoutMs)).toEqual([20_000, 20_000, 10_000]);
});
