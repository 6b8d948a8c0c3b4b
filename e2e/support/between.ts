import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** Somebody between us and a gateway who changes what it answers: how real gateways answer where the sandbox answers otherwise. */
export interface Between {
  /** The gateway's base URL as the account has it. */
  baseUrl: string;
  close(): Promise<void>;
}

/** Gives the gateway's answer as it shall arrive; `own` is an address here that leads the browser on to another. */
export type Change = (body: string, own: (leadsTo: string) => string) => string;

/** Passes every POST on to the gateway and its answer back through `change`. */
export async function standBetween(gateway: string, change: Change): Promise<Between> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://here");
    const on = searchParams.get("to");
    if (pathname === "/on" && on !== null) return void response.writeHead(302, { location: on }).end();
    const own = (leadsTo: string) => `${origin}/on?${new URLSearchParams({ to: leadsTo })}`;
    pass(request, gateway, (body) => change(body, own))
      .then(({ status, type, body }) => response.writeHead(status, { "content-type": type }).end(body))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: origin,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function pass(request: IncomingMessage, gateway: string, change: (body: string) => string) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = { "content-type": request.headers["content-type"] ?? "", accept: request.headers.accept ?? "" };
  const answer = await fetch(`${gateway}${request.url}`, { method: request.method ?? "POST", headers, body: Buffer.concat(chunks) });
  return { status: answer.status, type: answer.headers.get("content-type") ?? "", body: change(await answer.text()) };
}
