import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  path: string;
  id: string;
  headers: Record<string, string>;
  body: string;
}

/** A shop's own server on loopback: writes down what it is sent and answers as told. */
export interface Receiver {
  url(path?: string): string;
  received: Received[];
  /** What a path answers; 204 unless told otherwise. */
  answers: Map<string, { status: number; headers?: Record<string, string>; body?: string }>;
  close(): Promise<void>;
}

export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: Receiver["answers"] = new Map();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const path = request.url ?? "";
      received.push({ path, id: headers["webhook-id"] ?? "", headers, body: Buffer.concat(chunks).toString("utf8") });
      const answer = answers.get(path) ?? { status: 204 };
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: (path = "/hook") => `${origin}${path}`,
    received,
    answers,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
