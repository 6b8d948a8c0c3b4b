import { afterAll, beforeAll, expect, it } from "vitest";
import { mpgatewayDialect } from "#lib/dialects/mpgateway/index.ts";
import { envelope, md5 } from "#lib/dialects/mpgateway/testing/drive.ts";
import { serveGateway } from "#lib/sandbox/gateway.ts";
import { drainNotices } from "#lib/sandbox/notifier.ts";
import { payPayment } from "#lib/sandbox/pay.ts";
import { accountAt } from "#lib/sandbox/provision.ts";
import { ORIGIN, sandboxWorld, type World } from "#lib/sandbox/testing.ts";

/** The dialect over a real ledger: what only both together can promise. */
let world: World;
beforeAll(async () => {
  world = await sandboxWorld();
});
afterAll(() => world.close());

function account() {
  return accountAt(world.accounts, "mpgateway").credentials;
}

async function send(path: string, fields: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { merid, key } = account();
  const body = new URLSearchParams(envelope({ merid, ...fields }, key));
  const request = new Request(`${ORIGIN}/sandbox/gateway/mpgateway${path}`, { method: "POST", body });
  const options = { database: world.database, dialect: mpgatewayDialect, origin: ORIGIN, path, sleep: async () => {} };
  const { resp, sign } = (await (await serveGateway(request, options)).json()) as { resp: string; sign: string };
  expect(sign).toBe(md5(resp, key));
  return JSON.parse(Buffer.from(resp, "base64").toString());
}

const submit = (orderid: string, more: object = { action: "AliSao" }) =>
  send("/api/mpgateway", { txnamt: "1990", orderid, backurl: world.receiver.url, ...more });
const query = (orderid: string) => send("/api/query", { orderid });
const cancel = (orderid: string) => send("/api/cancel", { orderid });

it("a paid order is notified until 0000, queried as 0000, and can no more be cancelled", async () => {
  const { queryid } = await submit("ORDER0001");
  expect(await query("ORDER0001")).toMatchObject({ resultcode: "1001", paytime: "" });
  world.receiver.answer = () => ({ status: 200, body: "0000" });
  await payPayment(world.database, String(queryid), { shopper: "anna", channel: "CN" });
  expect(await drainNotices(world.database)).toEqual({ sent: 1, acknowledged: 1, failed: 0 });
  const { resp = "", sign } = Object.fromEntries(world.receiver.received.at(-1)?.body ?? []);
  expect(sign).toBe(md5(resp, account().key));
  const told = JSON.parse(Buffer.from(resp, "base64").toString());
  expect(told).toMatchObject({ resultcode: "0000", queryid, orderid: "ORDER0001", txnamt: 1990, merid: account().merid });
  expect(await query("ORDER0001")).toEqual({ respcode: "00", respmsg: "成功", ...told });
  expect(await cancel("ORDER0001")).toMatchObject({ respcode: "06" });
});

it("an order cancelled is 1003 for ever, and its number is used up", async () => {
  await submit("ORDER0002");
  expect(await cancel("ORDER0002")).toMatchObject({ respcode: "00" });
  expect(await cancel("ORDER0002")).toMatchObject({ respcode: "00" });
  expect(await query("ORDER0002")).toMatchObject({ resultcode: "1003" });
  expect(await submit("ORDER0002")).toMatchObject({ respcode: "05" });
});

it.each([
  ["WxCode", "134567890123456700", "00", "0000"],
  ["AliCode", "280000000000000000", "00", "0000"],
  ["QQCode", "910000000000000000", "00", "0000"],
  ["QQCode", "910000000000000001", "00", "1001"],
  ["WxCode", "134567890123456702", "07", "1003"],
  ["AliCode", "134567890123456700", "07", "1003"],
])("%s of %s is taken with %s, and a query says %s", async (action, code, respcode, resultcode) => {
  const orderid = `${action}${code}`;
  expect(await submit(orderid, { action, code })).toMatchObject({ respcode });
  expect(await query(orderid)).toMatchObject({ resultcode });
});
