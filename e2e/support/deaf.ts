import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Where a gateway's notice is not understood the first time; from the second on it is passed on to us. */
export interface Deaf {
  url: string;
  close(): Promise<void>;
}

export async function standDeaf(passesOnTo: string): Promise<Deaf> {
  let heard = 0;
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    heard += 1;
    if (heard === 1) return void response.writeHead(200).end("what?");
    const { "content-type": type = "", signature = "", timestamp = "" } = request.headers;
    const headers = { "content-type": type, signature: String(signature), timestamp: String(timestamp) };
    const answer = await fetch(passesOnTo, { method: "POST", headers, body: Buffer.concat(chunks) });
    response.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
