import { createHmac } from "node:crypto";
import { createKey } from "#lib/api/keys.ts";
import { SCOPES } from "#lib/api/scopes.ts";
import { interpreter } from "../../scripts/interpreters.ts";
import { expect, test } from "../fixtures.ts";
import { startOwnApp } from "../support/own-app.ts";
import { commandsOf, openShell } from "../support/readme.ts";
import { openShop } from "../support/shop.ts";

const WEBHOOK = "http://localhost:8787/webhook";
const RECEIVERS = { "node docs": "Node", "php -S": "PHP", "python3 docs": "Python" } as const;

// One after another: the README's receivers all listen at the same address.
test("the README's quickstart runs as it is written: an order by curl, paid, and told to Node, PHP and Python, which verify it", async ({
  server,
  ledger,
  request,
}) => {
  test.setTimeout(120_000);
  for (const name of ["curl", "php", "python3"] as const) expect(interpreter(name), `${name} is on this machine`).not.toBeNull();
  const commands = commandsOf("Quickstart");
  const isReceiver = (code: string) => Object.keys(RECEIVERS).some((start) => code.startsWith(start));
  expect(commands.filter(isReceiver)).toHaveLength(3);

  const app = await startOwnApp(server, ledger, { ALLOW_PRIVATE_WEBHOOKS: "1" });
  try {
    for (const receiver of commands.filter(isReceiver)) await follow(receiver);
  } finally {
    await app.stop();
  }

  /** A merchant's developer goes through the whole of it, with one of the receivers. */
  async function follow(receiver: string): Promise<void> {
    const { database, publicUrl } = app;
    const shop = await openShop(database, publicUrl);
    const key = await createKey(
      { merchantId: shop.id, live: false, name: "quickstart", scopes: [...SCOPES], createdBy: "usr_test" },
      database,
    );
    if (!key.ok) throw new Error(key.problem.code);
    const reader = openShell({ SHOUYIN_URL: publicUrl, SHOUYIN_KEY: key.value.secret });
    try {
      for (const code of commands) {
        if (isReceiver(code) && code !== receiver) continue;
        reader.type(code);
        // A person sees that it listens before they go on; to an unsigned post it says no.
        if (code === receiver)
          await expect
            .poll(() =>
              request.post(WEBHOOK).then(
                (answer) => answer.status(),
                () => 0,
              ),
            )
            .toBe(400);
      }
      await expect.poll(() => reader.printed(), receiver).toMatch(/order\.paid ord_\w+ 88\.00 HKD/);
      const [secret = ""] = /whsec_[^"\s]+/.exec(reader.printed()) ?? [];
      expect(await tell(secret, "msg_1", 0), `${receiver}: genuine`).toBe(204);
      expect(await tell(`whsec_${Buffer.alloc(32).toString("base64")}`, "msg_2", 0), `${receiver}: another's secret`).toBe(400);
      expect(await tell(secret, "msg_3", -301), `${receiver}: a copy of an old one`).toBe(400);
      expect(await tell(secret, "msg_4", 0, " "), `${receiver}: changed on its way`).toBe(400);
    } finally {
      await reader.leave();
    }
  }

  /** Posts a webhook of our own making; `more` is added to the body behind its sender's back. */
  async function tell(secret: string, id: string, seconds: number, more = ""): Promise<number> {
    const timestamp = String(Math.floor(Date.now() / 1000) + seconds);
    const body = JSON.stringify({ type: "webhook.test", timestamp: new Date().toISOString(), data: { text: "付款 ✓" } });
    const signature = createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
      .update(`${id}.${timestamp}.${body}`)
      .digest("base64");
    const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,AAAA v1,${signature}` };
    const answer = await request.post(WEBHOOK, { headers: { ...headers, "content-type": "application/json" }, data: body + more });
    return answer.status();
  }
});
