import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import type { Hook } from "./check.ts";
import type { Chance } from "./random.ts";

/** The shop's own server, outside the one that is killed: receives webhooks and writes each of them down. */
export interface Shop {
  url: string;
  hooks: Hook[];
  close(): Promise<void>;
}

/** How often the shop fails a webhook it sees for the first time: 5xx, as shops do. Never twice: the third try is minutes away. */
const FAILS = 0.05;

/** Opens the shop on a free port of 127.0.0.1. `secret` is the merchant's `whsec_…`. */
export async function openShop(secret: string, choices: Chance): Promise<Shop> {
  const hooks: Hook[] = [];
  const seen = new Set<string>();
  const verifier = new Webhook(secret);
  const server = createServer((request, response) => {
    void receive(request).then(
      (body) => {
        const id = String(request.headers["webhook-id"]);
        const status = !seen.has(id) && choices.happens(FAILS) ? 503 : 204;
        seen.add(id);
        hooks.push({ id, body, genuine: verifies(verifier, body, request), status });
        response.writeHead(status).end();
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`, hooks, close };
}

async function receive(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function verifies(verifier: Webhook, body: string, { headers }: IncomingMessage): boolean {
  try {
    verifier.verify(body, Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])));
    return true;
  } catch {
    return false;
  }
}
