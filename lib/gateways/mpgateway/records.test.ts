import { describe, expect, it } from "vitest";
import type { OpenAccount } from "#lib/gateways/gateway.ts";
import { mpgateway } from "#lib/gateways/mpgateway/index.ts";
import { createRequest, credentials, ECHO, ORDER_NO, openedAccount, paymentKey, reply } from "#lib/gateways/mpgateway/test-account.ts";

const PERSON = { openid: "oQx43wJiwtsjv8C0lT5Lj7Mw1QZ4", code: "135605691981176449", ip: "102.142.32.12" };
const SECRETS = [...Object.values(PERSON), credentials.key, "oOther_person_0001"];

// The worst reply there can be: everything personal, under its own name and in a sentence, and the key.
const GOSSIP = {
  ...ECHO,
  ...PERSON,
  respcode: "01",
  respmsg: `openid ${PERSON.openid} code ${PERSON.code} ip ${PERSON.ip} ${credentials.key}`,
  user: { openid: "oOther_person_0001" },
};

const CALLS: Record<string, (account: OpenAccount) => Promise<unknown> | undefined> = {
  ...Object.fromEntries(mpgateway.methods.map((method) => [method, (account: OpenAccount) => account.create(method, createRequest())])),
  query: (account) => account.query?.(paymentKey()),
  close: (account) => account.close?.(paymentKey()),
};

describe.each(Object.entries(CALLS))("%s", (_name, call) => {
  it.each([
    ["a talkative answer", reply(GOSSIP)],
    ["a talkative answer with a false signature", reply(GOSSIP, "f".repeat(32))],
    ["a talkative answer with no signature", reply(GOSSIP, "")],
    ["no answer", { kind: "none", reached: "maybe", message: `lost ${credentials.key}` } as const],
  ])("leaves no secret and no personal datum in the record of %s, nor in its message", async (_what, given) => {
    const { account, port } = openedAccount([given]);
    const outcome = JSON.stringify(await call(account));
    expect(port.recorded).toHaveLength(1);
    const record = JSON.stringify(port.recorded);
    // Base64 of a person is no mask: nothing of the wire's wrapping is left in the record.
    expect(record).not.toMatch(/eyJ/);
    for (const secret of SECRETS) expect(record, secret).not.toContain(secret);
    if (given.kind === "answer") expect(outcome).not.toContain(credentials.key);
  });
});

it("a record shows what was meant, in place of the base64, and everything that is nobody's", async () => {
  const { account, port } = openedAccount([reply({ ...ECHO, resultcode: "1001" })]);
  await account.query?.(paymentKey());
  const [record] = port.recorded;
  expect(record?.requestBody).toMatch(new RegExp(`^req=\\{"merid":"89900100","orderid":"${ORDER_NO}"\\}&sign=[0-9a-f]{32}$`));
  const body = JSON.parse(record?.responseBody ?? "") as { resp: unknown; sign: string };
  expect(body.resp).toEqual({ ...ECHO, resultcode: "1001" });
  expect(body.sign).toMatch(/^[0-9a-f]{32}$/);
  expect(record).toMatchObject({ operation: "query wechat", method: "POST", status: 200, error: null });
});

it("a request's personal fields are masked where they stand", async () => {
  const { account, port } = openedAccount([reply(ECHO)]);
  await account.create("wechat.barcode", createRequest());
  expect(port.recorded[0]?.requestBody).toContain('"action":"WxCode"');
  expect(port.recorded[0]?.requestBody).toContain('"code":"***"');
});
