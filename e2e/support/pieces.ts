import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A slow network in front of the server: documents arrive in two pieces, the second when it is asked for. */
export interface Pieces {
  origin: string;
  /** Lets the second piece of the document under way go. */
  release(): void;
  close(): Promise<void>;
}

/** `cut` says where a document is parted: its characters that come at once. */
export async function inPieces(upstream: string, cut: (html: string) => number): Promise<Pieces> {
  let waiting: (() => void) | null = null;
  const server = createServer((incoming, outgoing) => {
    void pass(upstream, incoming, outgoing, (html) => {
      const bytes = Buffer.from(html);
      const first = Buffer.byteLength(html.slice(0, cut(html)));
      outgoing.write(bytes.subarray(0, first));
      waiting = () => outgoing.end(bytes.subarray(first));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    release: () => {
      waiting?.();
      waiting = null;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function pass(upstream: string, incoming: IncomingMessage, outgoing: ServerResponse, part: (html: string) => void): Promise<void> {
  const { host, ...headers } = incoming.headers;
  return new Promise((resolve) => {
    const asked = request(new URL(incoming.url ?? "/", upstream), {
      method: incoming.method,
      headers: { ...headers, "accept-encoding": "identity" },
    });
    asked.on("response", async (answer) => {
      const { "content-length": _, ...passed } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 502, passed);
      if (!answer.headers["content-type"]?.startsWith("text/html")) answer.pipe(outgoing);
      else {
        const chunks: Buffer[] = [];
        for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
        part(Buffer.concat(chunks).toString());
      }
      resolve();
    });
    asked.on("error", () => {
      outgoing.destroy();
      resolve();
    });
    asked.end();
  });
}
