import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Chance } from "../random.ts";
import type { Manners } from "./manners.ts";

/** One arrival of a webhook, as the receiver saw it. */
export interface Arrival {
  receiver: string;
  id: string;
  /** Milliseconds since 1970, when its last byte had come. */
  at: number;
  body: string;
  timestamp: string;
  signature: string;
  /** What was answered; null: nothing. */
  status: number | null;
}

export interface ReceiverServer {
  url: string;
  arrivals: Arrival[];
  /** From now on it answers as it should. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

/** A shop's server in this process, with the manners it was given. */
export async function openReceiver(name: string, manners: Manners, choices: Chance, elsewhere: string): Promise<ReceiverServer> {
  const arrivals: Arrival[] = [];
  let healed = false;
  const server = createServer((request, response) => {
    void readBody(request).then(
      (body) => {
        const arrival: Arrival = { receiver: name, at: Date.now(), body, status: null, ...signedWith(request) };
        // Written down before it is answered, as a shop should; what it answered is known right after.
        arrivals.push(arrival);
        arrival.status = (healed ? well : manners.answer)(response, choices, elsewhere);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    arrivals,
    heal: async () => {
      healed = true;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const well: Manners["answer"] = (response) => {
  response.writeHead(204).end();
  return 204;
};

export function signedWith({ headers }: IncomingMessage): Pick<Arrival, "id" | "timestamp" | "signature"> {
  const header = (name: string) => String(headers[name] ?? "");
  return { id: header("webhook-id"), timestamp: header("webhook-timestamp"), signature: header("webhook-signature") };
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
