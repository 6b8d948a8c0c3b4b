import { expect, test } from "../fixtures.ts";
import { runScript } from "../support/command-line.ts";
import { CLIENTS, type PrintedAccount } from "./outside-clients.ts";

/** What each gateway's document calls an order that waits, and one that is paid. */
const WORDS = {
  "hipopay-agent": ["INIT", "PAID"],
  "hipopay-merchant": ["INIT", "PAID"],
  mpgateway: ["1001", "0000"],
  xxpay: ["1", "2"],
  fengniao: ["WAIT_BUYER_PAY", "TRADE_SUCCESS"],
} as const;

const CREDENTIALS = {
  "hipopay-agent": ["agentNo", "gatewayPublicKey", "merchantNo", "privateKey"],
  "hipopay-merchant": ["gatewayPublicKey", "merchantNo", "privateKey"],
  mpgateway: ["key", "merid"],
  xxpay: ["appId", "key", "mchId"],
  fengniao: ["appId", "gatewayPublicKey", "merchantNo", "privateKey", "secret"],
} as const;

test("sandbox:accounts prints all that a client written elsewhere needs, at every gateway", async ({ control, server }) => {
  const { code, stdout } = await runScript(server, "sandbox-accounts.ts", []);
  expect(code).toBe(0);
  const accounts = JSON.parse(stdout) as PrintedAccount[];
  expect(accounts.map(({ gateway }) => gateway)).toEqual(Object.keys(WORDS));
  for (const account of accounts) {
    const gateway = account.gateway as keyof typeof WORDS;
    expect(Object.keys(account.credentials).sort()).toEqual(CREDENTIALS[gateway]);
    const buy = CLIENTS[gateway];
    if (!buy) throw new Error(`no client for ${gateway}`);
    const bought = await buy(account);
    const [waits, paid] = WORDS[gateway];
    expect([gateway, bought.before]).toEqual([gateway, waits]);
    // The client's own server is elsewhere: nobody is told, and it asks.
    await control.pay(bought.number, "notice_lost");
    expect([gateway, await bought.ask()]).toEqual([gateway, paid]);
  }
});
