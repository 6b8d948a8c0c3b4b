import { describe, expect, it } from "vitest";
import { answer } from "#lib/gateways/fake-port.ts";
import type { RefundKey, RefundRequest } from "#lib/gateways/gateway.ts";
import { ALIPAY_SAMPLES } from "#lib/gateways/hipopay-agent/samples-alipay.ts";
import { WECHAT_SAMPLES } from "#lib/gateways/hipopay-agent/samples-wechat.ts";
import { BASE_URL, envelope, openedAccount } from "#lib/gateways/hipopay-agent/test-account.ts";

// The samples' numbers: the refund is called like the payment.
const REQUEST: RefundRequest = {
  method: "wechat.native",
  gatewayOrderNo: "OURS",
  gatewayRef: "2017062313070231980966651",
  amount: { minor: 100n, currency: "HKD" },
  refundNo: "2017062313070231980966651",
  refundAmount: { minor: 10n, currency: "HKD" },
};
const DONE = { kind: "succeeded", gatewayRefundRef: "2017062313110444111557843", refundNo: REQUEST.refundNo, amount: REQUEST.refundAmount };

describe("refund", () => {
  it.each([
    ["wechat.native", "/refund", "order_no", WECHAT_SAMPLES.refund],
    ["alipay.qr", "/alipay/refund", "payment_no", ALIPAY_SAMPLES.alipayRefund],
  ] as const)("%s always names the amount and our own number", async (method, path, name, sample) => {
    const { account, port } = openedAccount([answer(sample)]);
    expect(await account.refund?.({ ...REQUEST, method })).toEqual({ ok: true, value: { ...DONE, code: "SUCCESS" } });
    expect(port.sent[0]?.url).toBe(BASE_URL + path);
    const pairs = [`${name}=2017062313070231980966651`, "outer_refund_no=2017062313070231980966651", "refund_amount=0.10"];
    expect(port.sent[0]?.body).toBe(pairs.sort().join("&"));
  });

  it.each([
    ["without the gateway's number", { gatewayRef: null }],
    ["of nothing", { refundAmount: { minor: 0n, currency: "HKD" } }],
    ["of a negative amount", { refundAmount: { minor: -1n, currency: "HKD" } }],
    ["of more than was paid", { refundAmount: { minor: 101n, currency: "HKD" } }],
    ["in another currency", { refundAmount: { minor: 10n, currency: "USD" } }],
  ] as const)("%s is refused before the wire", async (_what, change) => {
    const { account, port } = openedAccount();
    expect(await account.refund?.({ ...REQUEST, ...change })).toMatchObject({ ok: false, kind: "refused", code: "invalid_request" });
    expect(port.sent).toEqual([]);
  });

  it.each([
    ["PROCESSING", {}, "pending"],
    ["FAIL", {}, "failed"],
    ["FAIL", { refund_amount: "" }, "failed"],
    ["DONE", {}, "unknown"],
    ["SUCCESS", { refund_amount: "0.101" }, "unknown"],
    ["SUCCESS", { refund_amount: "1" }, "unknown"],
    ["SUCCESS", { outer_refund_no: "other" }, "unknown"],
    ["SUCCESS", { order_no: "other" }, "unknown"],
    ["SUCCESS", { refund_no: "not the no" }, "unknown"],
  ])("status %s with %o is %s", async (status, change, kind) => {
    const refund = { no: "R1", order_no: REQUEST.gatewayRef, outer_refund_no: REQUEST.refundNo, refund_amount: "0.1", status, ...change };
    const { account } = openedAccount([answer(envelope({ refund }))]);
    expect(await account.refund?.(REQUEST)).toMatchObject({ ok: true, value: { kind } });
  });

  it("an unreadable answer is unclear: the refund may have been made", async () => {
    const { account } = openedAccount([answer("", 200), answer(envelope({}))]);
    expect(await account.refund?.(REQUEST)).toMatchObject({ ok: false, kind: "unknown" });
    expect(await account.refund?.(REQUEST)).toMatchObject({ ok: false, kind: "unknown" });
  });
});

describe("refund query", () => {
  const keys: [RefundKey, string][] = [
    [{ method: "wechat.native", currency: "HKD", by: "refundNo", refundNo: "A" }, "/refund?outer_refund_no=A"],
    [{ method: "wechat.native", currency: "HKD", by: "gatewayRefundRef", gatewayRefundRef: "B" }, "/refund?refund_no=B"],
    [{ method: "wechat.native", currency: "HKD", by: "gatewayRef", gatewayRef: "C" }, "/refund?order_no=C"],
    [{ method: "wechat.native", currency: "HKD", by: "gatewayOrderNo", gatewayOrderNo: "D" }, "/refund?agent_order_id=D"],
    [{ method: "alipay.qr", currency: "HKD", by: "refundNo", refundNo: "A" }, "/alipay/refund?outer_refund_no=A"],
    [{ method: "alipay.qr", currency: "HKD", by: "gatewayRefundRef", gatewayRefundRef: "B" }, "/alipay/refund?refund_no=B"],
    [{ method: "alipay.qr", currency: "HKD", by: "gatewayRef", gatewayRef: "C" }, "/alipay/refund?payment_no=C"],
    [{ method: "alipay.qr", currency: "HKD", by: "gatewayOrderNo", gatewayOrderNo: "D" }, "/alipay/refund?outer_order_no=D"],
  ];
  const row = { no: "B", order_no: "C", outer_refund_no: "A", refund_amount: "1.50", status: "SUCCESS" };
  const standing = { kind: "succeeded", gatewayRefundRef: "B", refundNo: "A", amount: { minor: 150n, currency: "HKD" }, code: "SUCCESS" };

  it.each(keys)("%o asks %s and reads one refund or a list", async (key, url) => {
    const { account, port } = openedAccount([
      answer(envelope({ refund: row })),
      answer(envelope({ refunds: [row, { ...row, status: "FAIL" }] })),
    ]);
    expect(await account.queryRefund?.(key)).toEqual({ ok: true, value: [standing] });
    expect(await account.queryRefund?.(key)).toEqual({ ok: true, value: [standing, { ...standing, kind: "failed", code: "FAIL" }] });
    expect(port.sent[0]?.url).toBe(BASE_URL + url);
  });

  it("a list of none is none, an answer without either is unclear", async () => {
    const [key] = keys[0] ?? [];
    if (!key) throw new Error("no key");
    const { account } = openedAccount([answer(envelope({ refunds: [] })), answer(envelope({}))]);
    expect(await account.queryRefund?.(key)).toEqual({ ok: true, value: [] });
    expect(await account.queryRefund?.(key)).toMatchObject({ ok: false, kind: "unknown" });
  });
});
