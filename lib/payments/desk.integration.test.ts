import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { merchants } from "#db/schema/merchants.ts";
import { openOrderFromDesk, readDesk } from "#lib/payments/desk.ts";
import { type DeskSecrets, deskSecrets } from "#lib/payments/desk-secret.ts";
import { type FakeWorld, fakeWorld } from "#lib/payments/fake-world-testing.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

let world: FakeWorld;
let secrets: DeskSecrets;
beforeAll(async () => {
  world = await fakeWorld();
  secrets = await deskSecrets(world.database, world.merchantId);
});
afterAll(() => world.close());

const wechat = (more: Record<string, string> = {}) => ({
  merchant_no: world.merchantId,
  currency: "HKD",
  amount: "100",
  product_info: "演示订单",
  return_url: "https://shop.example/back",
  ...more,
});
const alipay = (more: Record<string, string> = {}) => {
  const { product_info: subject, ...rest } = wechat();
  return { ...rest, subject, ...more };
};

/** A shop's own signing, written from the description alone: `k=v&…` by name, everything but `A-Za-z0-9_.-` escaped. */
function signed(fields: Record<string, string>, secret: string): string {
  const strictly = (text: string) =>
    [...Buffer.from(text, "utf8")]
      .map((byte) =>
        /[A-Za-z0-9_.-]/.test(String.fromCharCode(byte))
          ? String.fromCharCode(byte)
          : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
      )
      .join("");
  const text = Object.keys(fields)
    .sort()
    .map((name) => `${strictly(name)}=${strictly(fields[name] ?? "")}`)
    .join("&");
  return `${new URLSearchParams(fields)}&sign=${createHmac("sha256", secret).update(text).digest("hex")}`;
}
const read = (query: string, browser: "desktop" | "wechat" = "desktop") => readDesk(query, browser, world.database);
const open = (query: string, formKey = "a-form-key-1") =>
  openOrderFromDesk({ query, browser: "desktop", locale: "en", formKey }, world.database);

describe("a signed address", () => {
  it("is believed, and the secret that signed it decides between test and live money", async () => {
    expect(await read(signed(wechat(), secrets.test))).toMatchObject({ ok: true, value: { live: false, title: "演示订单" } });
    expect(await read(signed(wechat(), secrets.live))).toMatchObject({ ok: true, value: { live: true } });
  });

  it("may be escaped in whatever way forms are: what is signed is what was meant", async () => {
    const query = signed(wechat({ product_info: "tea & 茶 ~!*'()" }), secrets.test);
    for (const text of [query, query.replaceAll("+", "%20"), query.replaceAll("~", "%7e")]) {
      expect(await read(text)).toMatchObject({ ok: true, value: { title: "tea & 茶 ~!*'()" } });
    }
  });

  it("may say its language without that being signed", async () => {
    expect(await read(`lang=en&${signed(wechat(), secrets.test)}`)).toMatchObject({ ok: true });
  });

  it("opens nothing by being read", async () => {
    await read(signed(wechat({ agent_order_id: "READ-ONLY" }), secrets.test));
    const { rowCount } = await world.database.$client.query("select 1 from orders where reference = 'READ-ONLY'");
    expect(rowCount).toBe(0);
  });

  const TAMPERED: [string, (query: string) => string][] = [
    ["another amount", (query) => query.replace("amount=100", "amount=1")],
    ["another currency", (query) => query.replace("HKD", "CNY")],
    ["another way back", (query) => query.replace("shop.example", "evil.example")],
    ["a parameter more", (query) => `${query}&notify_url=https%3A%2F%2Fevil.example`],
    ["a parameter less", (query) => query.replace("product_info=", "subject=")],
    ["another signature", (query) => query.replace(/sign=./, (found) => (found === "sign=0" ? "sign=1" : "sign=0"))],
    ["a cut signature", (query) => query.slice(0, -1)],
  ];
  it.each(TAMPERED)("with %s is refused at sign", async (_, tamper) => {
    const query = signed(wechat(), secrets.test);
    expect(tamper(query)).not.toBe(query);
    expect(await read(tamper(query))).toEqual({ ok: false, problem: { code: "desk_signature_wrong", field: "sign" } });
    expect((await open(tamper(query))).ok).toBe(false);
  });

  it("of another merchant's secret is refused", async () => {
    expect(await read(signed(wechat(), "dsk_test_somebody_elses"))).toMatchObject({ problem: { code: "desk_signature_wrong" } });
  });
});

describe("an unsigned address", () => {
  const unsigned = () => `${new URLSearchParams(wechat())}`;
  const allow = (deskUnsigned: "no" | "test" | "live") =>
    world.database.update(merchants).set({ deskUnsigned }).where(eq(merchants.id, world.merchantId));
  afterAll(() => allow("no"));

  it("is refused unless the merchant allows it", async () => {
    expect(await read(unsigned())).toEqual({ ok: false, problem: { code: "desk_unsigned", field: "sign" } });
    expect(await read(`${unsigned()}&sign=`)).toMatchObject({ problem: { code: "desk_unsigned" } });
  });

  it.each([
    ["test", false],
    ["live", true],
  ] as const)("opens with %s money where the merchant says so, and a wrong signature is still wrong", async (mode, live) => {
    await allow(mode);
    expect(await read(unsigned())).toMatchObject({ ok: true, value: { live } });
    expect(await read(`${unsigned()}&sign=abc`)).toMatchObject({ problem: { code: "desk_signature_wrong" } });
  });
});

describe("what an address asks for", () => {
  const BAD: [string, Record<string, string>, string, string | null][] = [
    ["no such merchant", { merchant_no: "mer_nobody" }, "merchant_unknown", "merchant_no"],
    ["no currency", { currency: "" }, "currency_unsupported", "currency"],
    ["an unknown currency", { currency: "XYZ" }, "currency_unsupported", "currency"],
    ["no amount", { amount: "" }, "amount_missing", "amount"],
    ["an amount of nothing", { amount: "0.00" }, "amount_zero", "amount"],
    ["a negative amount", { amount: "-1" }, "amount_format", "amount"],
    ["a thousandth", { amount: "1.001" }, "amount_places", "amount"],
    ["no title", { product_info: " " }, "title_missing", "product_info"],
    ["a title without end", { product_info: "茶".repeat(129) }, "title_too_long", "product_info"],
    ["no way back", { return_url: "" }, "url_invalid", "return_url"],
    ["a way back that is a script", { return_url: "javascript:alert(1)" }, "url_invalid", "return_url"],
    ["a notification to nowhere", { notify_url: "ftp://shop.example" }, "url_invalid", "notify_url"],
    ["a number with a space", { agent_order_id: "A 1" }, "reference_invalid", "agent_order_id"],
    ["an extra parameter of the document's name", { status: "PAID" }, "desk_extra_invalid", "status"],
    ["the misspelt one as well", { tarde_type: "X" }, "desk_extra_invalid", "tarde_type"],
    ["too many extra parameters", Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`x${n}`, "1"])), "desk_query_invalid", null],
  ];
  it.each(BAD)("%s is refused at its parameter, though it is signed", async (_, more, code, field) => {
    const result = await read(signed(wechat(more), secrets.test));
    expect(result).toMatchObject({ ok: false, problem: { code, field } });
  });

  it("one name twice is refused and named, whichever of the two was signed", async () => {
    const query = signed(wechat(), secrets.test);
    expect(await read(`${query}&amount=1`)).toEqual({ ok: false, problem: { code: "desk_query_invalid", field: "amount" } });
    expect(await read(`amount=1&${query}`)).toMatchObject({ problem: { code: "desk_query_invalid", field: "amount" } });
  });

  it("an address too long, or not escaped as forms are, is refused", async () => {
    expect(await read(signed(wechat({ extra: "x".repeat(4096) }), secrets.test))).toMatchObject({
      problem: { code: "desk_query_invalid" },
    });
    expect(await read("merchant_no=%E4%")).toMatchObject({ problem: { code: "desk_query_invalid" } });
    expect(await read("")).toMatchObject({ problem: { code: "merchant_unknown", field: "merchant_no" } });
  });

  it("a merchant who is switched off takes nothing", async () => {
    const active = (on: boolean) => world.database.update(merchants).set({ active: on }).where(eq(merchants.id, world.merchantId));
    await active(false);
    const result = await read(signed(wechat(), secrets.test));
    await active(true);
    expect(result).toMatchObject({ problem: { code: "merchant_unknown" } });
  });

  it("the kind is the document's: WeChat's on a computer, WeChat's inside WeChat, Alipay's", async () => {
    const kind = async (query: string, browser: "desktop" | "wechat") => {
      const result = await read(query, browser);
      return result.ok && result.value.entry.type;
    };
    expect(await kind(signed(wechat(), secrets.test), "desktop")).toBe("PC_DESK");
    expect(await kind(signed(wechat(), secrets.test), "wechat")).toBe("MP_DESK");
    expect(await kind(signed(alipay(), secrets.test), "desktop")).toBe("DESK");
    expect(await kind(signed(alipay(), secrets.test), "wechat")).toBe("DESK");
  });
});

describe("the order it opens", () => {
  it("has exactly what was signed, and keeps the extra parameters for the way back", async () => {
    const more = { agent_order_id: "XCY-1", notify_url: "https://shop.example/hook", campaign: "双11" };
    const opened = await open(signed(wechat(more), secrets.test));
    if (!opened.ok) throw new Error(opened.problem.code);
    expect(await world.order(opened.value.orderId)).toMatchObject({
      amount: 10_000n,
      currency: "HKD",
      reference: "XCY-1",
      title: "演示订单",
      live: false,
      returnUrl: "https://shop.example/back",
      notifyUrl: "https://shop.example/hook",
      desk: { type: "PC_DESK", number: "XCY-1", extra: { campaign: "双11" } },
    });
  });

  it("is the same order when the same number comes again, whatever the form's key", async () => {
    const query = signed(wechat({ agent_order_id: "XCY-2" }), secrets.test);
    expect(await open(query, "first-key-1")).toEqual(await open(query, "second-key"));
  });

  it("another amount under the same number is refused at the shop's number, and changes nothing", async () => {
    await open(signed(wechat({ agent_order_id: "XCY-3" }), secrets.test));
    expect(await open(signed(wechat({ agent_order_id: "XCY-3", amount: "1" }), secrets.test))).toMatchObject({
      ok: false,
      problem: { code: "reference_taken", field: "agent_order_id" },
    });
  });

  it("without a number a double click is one order and a new page is another", async () => {
    const query = signed(wechat(), secrets.test);
    const [one, same, other] = [await open(query, "key-of-page-1"), await open(query, "key-of-page-1"), await open(query, "key-of-page-2")];
    expect(one).toEqual(same);
    expect(other).not.toEqual(one);
  });
});
