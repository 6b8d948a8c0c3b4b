import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Attempt, Order } from "#db/queries/locks.ts";
import type { DeskEntry } from "#lib/domain/desk.ts";
import { deskReturn } from "#lib/payments/desk-return.ts";
import { deskSignature } from "#lib/payments/desk-secret.ts";

const order = (more: Partial<Order> = {}) =>
  ({
    id: "ord_1",
    merchantId: "mer_1",
    currency: "HKD",
    amount: 10_000n,
    title: "演示 订单",
    state: "paid",
    createdAt: new Date("2026-11-20T09:00:00Z"),
    paidAt: new Date("2026-11-20T16:00:01Z"),
    ...more,
  }) as Order;
const paid = { exchangeRate: "0.9231" } as Attempt;
const entry = (type: DeskEntry["type"], extra: Record<string, string> = {}, number: string | null = "XCY/1"): DeskEntry => ({
  type,
  number,
  extra,
});

describe("the way back to the shop", () => {
  it.each(["PC_DESK", "MP_DESK"] as const)("has the document's ten parameters of %s, to the byte", (type) => {
    expect(deskReturn(order(), entry(type), "https://shop.example/back", paid)).toBe(
      "https://shop.example/back?no=ord_1&agent_order_id=XCY%2F1&merchant_no=mer_1&currency=HKD&amount=100.00&exchange_rate=0.9231" +
        `&tarde_type=${type}&product_info=%E6%BC%94%E7%A4%BA%20%E8%AE%A2%E5%8D%95&trade_time=2026-11-21%2000%3A00%3A01&status=PAID`,
    );
  });

  it("says it in Alipay's words for Alipay's", () => {
    expect(deskReturn(order(), entry("DESK"), "https://shop.example/back", paid)).toBe(
      "https://shop.example/back?no=ord_1&out_order_no=XCY%2F1&merchant_no=mer_1&currency=HKD&amount=100.00&exchange_rate=0.9231" +
        "&tarde_type=DESK&subject=%E6%BC%94%E7%A4%BA%20%E8%AE%A2%E5%8D%95&trade_time=2026-11-21%2000%3A00%3A01&status=PAID",
    );
  });

  it("passes the extra parameters through, behind the document's", () => {
    const url = deskReturn(order(), entry("PC_DESK", { campaign: "双11", empty: "" }), "https://shop.example/back", paid);
    expect(url.endsWith("&status=PAID&campaign=%E5%8F%8C11&empty=")).toBe(true);
  });

  it("leaves the shop's own address letter for letter, its query in front and its fragment behind", () => {
    const url = deskReturn(order(), entry("PC_DESK"), "https://shop.example/a%2Fb?cart=7&q=%E8%8C%B6+x#top", paid);
    expect(url).toMatch(/^https:\/\/shop\.example\/a%2Fb\?cart=7&q=%E8%8C%B6\+x&no=ord_1&.*&status=PAID#top$/);
  });

  it("says each documented name once, whatever the shop's own address has", () => {
    const url = deskReturn(order(), entry("PC_DESK"), "https://shop.example/?status=PAID&no=9&keep=1", paid);
    const names = [...new URL(url).searchParams.keys()];
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(new URL(url).searchParams.get("no")).toBe("ord_1");
    expect(new URL(url).searchParams.get("keep")).toBe("1");
  });

  it.each([
    ["open", "INIT"],
    ["expired", "EXPIRED"],
    ["cancelled", "FAIL"],
  ] as const)("tells an order that is %s as %s, without a rate", (state, status) => {
    const { searchParams } = new URL(deskReturn(order({ state, paidAt: null }), entry("PC_DESK", {}, null), "https://shop.example/", null));
    expect([searchParams.get("status"), searchParams.get("exchange_rate"), searchParams.get("agent_order_id")]).toEqual([status, "", ""]);
    expect(searchParams.get("trade_time")).toBe("2026-11-20 17:00:00");
  });
});

describe("the signature of an address", () => {
  it("is what anybody computes with the bytes of the description", () => {
    const fields = { b: "2", a: "1 & 茶", Z: "", sign: "not part of it" };
    const text = "Z=&a=1%20%26%20%E8%8C%B6&b=2";
    expect(deskSignature(fields, "dsk_test_x")).toBe(createHmac("sha256", "dsk_test_x").update(text).digest("hex"));
    // Computed once with openssl: printf 'Z=&a=1%%20%%26%%20%%E8%%8C%%B6&b=2' | openssl dgst -sha256 -hmac dsk_test_x
    expect(deskSignature(fields, "dsk_test_x")).toBe("40889dbd2921062fb6aa2f56dd2af9867641e3fbe8a87d0bc039c0b570a067e5");
  });

  it("escapes everything but letters, digits, _ . and -", () => {
    const text = "a=%7E%21%2A%27%28%29_.-";
    expect(deskSignature({ a: "~!*'()_.-" }, "k")).toBe(createHmac("sha256", "k").update(text).digest("hex"));
  });
});
