import type { ServerResponse } from "node:http";
import type { Chance } from "../random.ts";

/** What a receiver does with a webhook it has read, until it is healed; then all of them answer 204 at once. */
export interface Manners {
  name: string;
  /** How many of a hundred events go to it. */
  share: number;
  /** How many merchants have one like it. */
  count: number;
  /** A process of its own, killed with -9 and started again every other second. */
  mortal?: true;
  /** Answers, or not; gives the status that was sent, null when none was. */
  answer(response: ServerResponse, choices: Chance, elsewhere: string): number | null;
}

const send = (response: ServerResponse, status: number, headers: Record<string, string> = {}): number => {
  response.writeHead(status, headers).end();
  return status;
};

/** Half a second is long for a shop and no reason to be treated badly. */
const SLOW_MS = 300;

/** One healthy shop among all that can be wrong with a receiver. Each receiver belongs to a merchant of its own. */
export const MANNERS: readonly Manners[] = [
  { name: "healthy", share: 40, count: 2, answer: (response) => send(response, 204) },
  { name: "fails", share: 10, count: 1, answer: (response, choices) => send(response, choices.happens(0.5) ? 503 : 500) },
  { name: "fails sometimes", share: 10, count: 1, answer: (response, choices) => send(response, choices.happens(0.2) ? 503 : 204) },
  // Never answers: our side gives up after eight seconds.
  { name: "hangs", share: 12, count: 6, answer: () => null },
  { name: "redirects", share: 8, count: 1, answer: (response, _choices, elsewhere) => send(response, 307, { location: elsewhere }) },
  {
    name: "hangs up",
    share: 5,
    count: 1,
    answer: (response) => {
      response.destroy();
      return null;
    },
  },
  {
    name: "trickles",
    share: 5,
    count: 2,
    answer: (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("."), 200);
      response.on("close", () => clearInterval(timer));
      return null;
    },
  },
  {
    name: "slow",
    share: 5,
    count: 1,
    answer: (response) => {
      setTimeout(() => send(response, 204), SLOW_MS);
      return 204;
    },
  },
  { name: "dies", share: 5, count: 1, mortal: true, answer: (response) => send(response, 204) },
];
