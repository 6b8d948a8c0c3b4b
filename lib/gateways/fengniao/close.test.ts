import { describe, expect, it } from "vitest";
import { cny, no, ok, openedAccount, sentCall } from "#lib/gateways/fengniao/test-account.ts";
import type { PaymentKey } from "#lib/gateways/gateway.ts";

const KEY: PaymentKey = { method: "wechat.native", gatewayOrderNo: "T1", gatewayRef: null, amount: cny(1525n) };

describe("close is a reversal, by both numbers", () => {
  const both = { out_trade_no: "T1", trade_no: "R1" };
  it.each(["wechat.native", "alipay.qr"] as const)("%s", async (method) => {
    const { account, port } = openedAccount([ok(both)]);
    expect(await account.close?.({ ...KEY, method, gatewayRef: "R1" })).toEqual({ ok: true, value: { kind: "closed" } });
    expect(sentCall(port.sent[0])).toEqual({ method: "trade.reverse", content: both });
  });

  it("without the gateway's number nothing is sent, and the sentence says what to do", async () => {
    const { account, port } = openedAccount();
    expect(await account.close?.(KEY)).toMatchObject({
      ok: false,
      kind: "refused",
      code: "invalid_request",
      message: expect.stringContaining("query first"),
    });
    expect(port.sent).toEqual([]);
  });

  it.each(["jd.native", "qq.native", "unionpay.gateway"] as const)("%s has none", async (method) => {
    const { account, port } = openedAccount();
    expect(await account.close?.({ ...KEY, method, gatewayRef: "R1" })).toMatchObject({ ok: false, kind: "refused", code: "unsupported" });
    expect(port.sent).toEqual([]);
  });

  it.each([{ ...both, trade_no: "R2" }, { ...both, out_trade_no: "T2" }, { out_trade_no: "T1" }, {}])(
    "an answer that names %o is unclear",
    async (reply) => {
      const { account } = openedAccount([ok(reply)]);
      expect(await account.close?.({ ...KEY, gatewayRef: "R1" })).toMatchObject({ ok: false, kind: "unknown" });
    },
  );

  it("of an order nobody knows is refused as not found", async () => {
    const { account } = openedAccount([no(12002)]);
    expect(await account.close?.({ ...KEY, gatewayRef: "R1" })).toMatchObject({ ok: false, kind: "refused", code: "not_found" });
  });
});
