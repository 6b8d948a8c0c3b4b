import { createSign, generateKeyPairSync } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ownKey } from "#db/queries/compat-keys.ts";
import { callerOf } from "#lib/compat/caller.ts";
import { createCompatKey, rollCompatKey } from "#lib/compat/keys.ts";
import { HAND_SHOPS } from "#lib/compat/shops-testing.ts";
import { type CompatWorld, compatWorld } from "#lib/compat/world-testing.ts";
import { bySorted, strictly } from "#lib/payments/by-hand-testing.ts";

let world: CompatWorld;
beforeAll(async () => {
  world = await compatWorld();
});
afterAll(() => world.close());

const wish = (more: Partial<Parameters<typeof createCompatKey>[0]> = {}) => ({
  ...{ merchantId: world.merchantId, gateway: "xxpay", live: false, accountId: null, publicKey: "", createdBy: "usr_1", ...more },
});

describe("a new key", () => {
  it("is refused for a gateway nobody speaks, an account that is not this merchant's in this mode, and a key that is none", async () => {
    const other = await world.otherMerchant("xxpay");
    const refused = async (more: Parameters<typeof wish>[0]) => {
      const made = await createCompatKey(wish(more), world.database);
      return made.ok ? "made" : made.problem;
    };
    expect(await refused({ gateway: "alipay" })).toBe("gateway_unknown");
    expect(await refused({ accountId: other.accountId })).toBe("account_unknown");
    expect(await refused({ accountId: world.accountId, live: true })).toBe("account_unknown");
    expect(await refused({ accountId: "acc_none" })).toBe("account_unknown");
    expect(await refused({ gateway: "hipopay-agent", publicKey: "not a key" })).toBe("public_key_invalid");
    expect(await refused({ accountId: world.accountId })).toBe("made");
  });

  it("keeps no secret in clear: not in its row, and never twice the same", async () => {
    const made = await createCompatKey(wish({ gateway: "fengniao" }), world.database);
    if (!made.ok) throw new Error(made.problem);
    const { key, once } = made;
    expect(once.secret).toMatch(/^[\da-f]{32}$/);
    expect(once.privateKey).toContain("PRIVATE KEY");
    const row = JSON.stringify(key);
    for (const secret of [once.secret, once.privateKey?.split("\n")[1]]) expect(row).not.toContain(secret);
    const again = await createCompatKey(wish({ gateway: "fengniao" }), world.database);
    expect(again.ok && again.once.secret).not.toBe(once.secret);
    expect(callerOf(key)).toMatchObject({ callerNo: key.callerNo, merchantNos: [key.merchantNo], secret: once.secret });
  });

  it("opens its secrets for its own row only", async () => {
    const [one, other] = [await createCompatKey(wish(), world.database), await createCompatKey(wish(), world.database)];
    if (!one.ok || !other.ok) throw new Error("not made");
    expect(() => callerOf({ ...one.key, secret: other.key.secret })).toThrow();
  });

  it("with the shop's own public key takes what its private half signs; renewed with another, that one's", async () => {
    const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
    const [first, second] = [pair(), pair()];
    const pem = (one: typeof first) => String(one.publicKey.export({ type: "spki", format: "pem" }));
    const account = await world.key("hipopay-merchant", { publicKey: pem(first) });
    expect(account.credentials.privateKey).toBe("");
    const asked = async (privateKey: typeof first.privateKey) => {
      const Timestamp = `${Math.floor(Date.now() / 1000)}`;
      const fields = { out_trade_id: "nothing" };
      const Signature = createSign("RSA-SHA256")
        .update(`${bySorted(fields, strictly)},${Timestamp}`)
        .sign(privateKey, "base64");
      const headers = { MerchantNO: account.credentials.merchantNo ?? "", Version: "1.0", Timestamp, Signature };
      return ((await (await fetch(`${account.baseUrl}/payment?out_trade_id=nothing`, { headers })).json()) as { error: string }).error;
    };
    expect(await asked(first.privateKey)).toBe("PAYMENT_NOT_FOUND");
    expect(await asked(second.privateKey)).toBe("ILLEGAL_SECURITY_PROFILE");
    const rolled = await rollCompatKey({ merchantId: world.merchantId, keyId: account.keyId, publicKey: pem(second) }, world.database);
    expect(rolled.ok && rolled.once.privateKey).toBeNull();
    expect(await asked(second.privateKey)).toBe("PAYMENT_NOT_FOUND");
    expect(await asked(first.privateKey)).toBe("ILLEGAL_SECURITY_PROFILE");
    expect((await ownKey(world.database, world.merchantId, account.keyId))?.rolledAt).not.toBeNull();
  });
});

it("a key that names an account takes every order through that one", async () => {
  const accountId = await world.addAccount("fengniao");
  const account = await world.key("xxpay", { accountId });
  const shop = HAND_SHOPS.xxpay?.(account);
  for (let order = 0; order < 3; order += 1) await shop?.place(world.shopUrl);
  const { rows } = await world.database.execute(
    sql`select distinct a.account_id as id from attempts a join compat_orders c on c.order_id = a.order_id where c.key_id = ${account.keyId}`,
  );
  expect(rows).toEqual([{ id: accountId }]);
});
