import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { accountById } from "#db/queries/accounts.ts";
import { log } from "#lib/log.ts";
import { fakeGateway } from "#lib/payments/fake-gateway-testing.ts";
import { type FakeWorld, fakeWorld, SHOPPER } from "#lib/payments/fake-world-testing.ts";
import { openAccount } from "#lib/payments/open-account.ts";
import { readCheckout } from "#lib/payments/read-checkout.ts";

vi.mock("#lib/gateways/registry.ts", () => import("#lib/payments/fake-gateway-testing.ts"));

fakeGateway("plain", { methods: ["wechat.native"] });
fakeGateway("sound", { methods: ["alipay.qr"] });
let world: FakeWorld;
beforeAll(async () => {
  world = await fakeWorld();
});
afterAll(() => world.close());

it("an account over plain http that has not said so is left out with a logged reason; it takes no other down", async () => {
  const quiet = await world.addAccount("plain", { baseUrl: "http://gateway.example:3020" });
  await world.addAccount("sound");
  const error = vi.spyOn(log, "error");
  const { token } = await world.openOrder();
  const offered = async () => (await readCheckout(token, SHOPPER, world.database))?.offers.map((one) => one.method);
  expect(await offered()).toEqual(["alipay.qr"]);
  expect(error).toHaveBeenCalledWith({ account: quiet, reason: "plain http without insecureTransport" }, "account cannot be opened");
  const row = await accountById(world.database, quiet);
  if (!row) throw new Error("no account");
  expect(() => openAccount(row)).toThrow("plain http");
  await world.addAccount("plain", { baseUrl: "http://gateway.example:3020", settings: { insecureTransport: true } });
  expect((await offered())?.sort()).toEqual(["alipay.qr", "wechat.native"]);
});
