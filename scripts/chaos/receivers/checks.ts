import { Webhook } from "standardwebhooks";
import type { Arrival } from "./receiver.ts";

/** A delivery as the database has it. */
export interface Owed {
  id: string;
  receiver: string;
  stream: string;
  sequence: number;
  state: string;
  body: string;
  /** When the event happened, milliseconds since 1970. */
  at: number;
}

export interface ReceiverEvidence {
  /** Oldest first, of each receiver. */
  arrivals: readonly Arrival[];
  owed: readonly Owed[];
  /** Events that happened and were to be told: `<receiver> <order> <sequence>`. */
  events: readonly string[];
  /** Requests that came where redirects led. */
  elsewhere: number;
  /** Receivers that answer 204 at once. */
  healthy: ReadonlySet<string>;
  secrets: ReadonlyMap<string, string>;
}

/** Something that must hold, and what would break it: every run also shows that the check can fail. */
export interface ReceiverCheck {
  name: string;
  find(evidence: ReceiverEvidence): string[];
  broken(evidence: ReceiverEvidence): ReceiverEvidence;
}

/** A healthy receiver is told within this long, at the 99th percentile. */
export const HEALTHY_P99_MS = 2000;

const acknowledged = ({ status }: Arrival): boolean => status !== null && status < 300;

export const RECEIVER_CHECKS: readonly ReceiverCheck[] = [
  {
    name: "every event has one delivery, and its receiver acknowledged it",
    find: ({ arrivals, owed, events }) => {
      const heard = new Set(arrivals.filter(acknowledged).map(({ receiver, id }) => `${receiver} ${id}`));
      const told = new Map(owed.map((one) => [`${one.receiver} ${one.stream} ${one.sequence}`, one]));
      const lost = events.filter((event) => {
        const one = told.get(event);
        return one?.state !== "acknowledged" || !heard.has(`${one.receiver} ${one.id}`);
      });
      return [...lost, ...(told.size === events.length && owed.length === events.length ? [] : ["more deliveries than events"])];
    },
    broken: (evidence) => forgetOne(evidence),
  },
  {
    name: "nothing came but what was owed to that receiver, and the same id always carried the same bytes",
    find: ({ arrivals, owed }) => {
      const bodies = new Map(owed.map((one) => [`${one.receiver} ${one.id}`, one.body]));
      return arrivals.filter(({ receiver, id, body }) => bodies.get(`${receiver} ${id}`) !== body).map(({ id }) => id);
    },
    broken: (evidence) => changeFirst(evidence, (arrival) => ({ ...arrival, body: `${arrival.body} ` })),
  },
  {
    name: "every arrival was signed with the secret of that receiver's endpoint",
    find: ({ arrivals, secrets }) => arrivals.filter((one) => !verifies(one, secrets.get(one.receiver) ?? "")).map(({ id }) => id),
    broken: (evidence) => changeFirst(evidence, (arrival) => ({ ...arrival, timestamp: String(Number(arrival.timestamp) + 1) })),
  },
  {
    name: "no receiver got an order's event before it had acknowledged the earlier ones",
    find: ({ arrivals, owed }) => {
      const known = new Map(owed.map((one) => [one.id, one]));
      const next = new Map<string, number>();
      return arrivals.flatMap((arrival) => {
        const one = known.get(arrival.id);
        if (!one) return [];
        const line = `${arrival.receiver} ${one.stream}`;
        const before = next.get(line) ?? 0;
        if (acknowledged(arrival)) next.set(line, Math.max(before, one.sequence));
        const earlier = owedBefore(owed, one);
        return earlier.some((sequence) => sequence > before) ? [arrival.id] : [];
      });
    },
    broken: (evidence) => ({ ...evidence, arrivals: [...evidence.arrivals].reverse() }),
  },
  {
    name: "nobody came to where the redirects led",
    find: ({ elsewhere }) => (elsewhere === 0 ? [] : [`${elsewhere} requests`]),
    broken: (evidence) => ({ ...evidence, elsewhere: 1 }),
  },
  {
    name: `healthy receivers are told within ${HEALTHY_P99_MS / 1000} s, at the 99th percentile`,
    find: (evidence) => (healthyWaits(evidence).p99 <= HEALTHY_P99_MS ? [] : [`p99 ${healthyWaits(evidence).p99} ms`]),
    broken: (evidence) => ({
      ...evidence,
      arrivals: evidence.arrivals.map((arrival) => ({
        ...arrival,
        at: arrival.at + (evidence.healthy.has(arrival.receiver) ? HEALTHY_P99_MS : 0),
      })),
    }),
  },
];

/** From the event to its first arrival at a healthy receiver, milliseconds. */
export function healthyWaits({ arrivals, owed, healthy }: ReceiverEvidence): { p50: number; p99: number; most: number; count: number } {
  const first = new Map<string, number>();
  for (const { receiver, id, at } of arrivals) if (healthy.has(receiver) && !first.has(id)) first.set(id, at);
  const waits = owed.flatMap((one) => (healthy.has(one.receiver) ? [(first.get(one.id) ?? Number.POSITIVE_INFINITY) - one.at] : []));
  waits.sort((a, b) => a - b);
  const at = (part: number): number =>
    Math.round(waits[Math.min(waits.length - 1, Math.ceil(waits.length * part) - 1)] ?? Number.POSITIVE_INFINITY);
  return { p50: at(0.5), p99: at(0.99), most: at(1), count: waits.length };
}

const earlierOf = new WeakMap<readonly Owed[], Map<string, number[]>>();

/** The sequences of the same stream and receiver before this one. */
function owedBefore(owed: readonly Owed[], one: Owed): number[] {
  let lines = earlierOf.get(owed);
  if (!lines) {
    lines = new Map();
    for (const { receiver, stream, sequence } of owed) {
      const line = `${receiver} ${stream}`;
      lines.set(line, [...(lines.get(line) ?? []), sequence]);
    }
    earlierOf.set(owed, lines);
  }
  return (lines.get(`${one.receiver} ${one.stream}`) ?? []).filter((sequence) => sequence < one.sequence);
}

/** The evidence without any arrival of one delivery: as if its receiver had never been told. */
export function forgetOne(evidence: ReceiverEvidence): ReceiverEvidence {
  const lost = evidence.arrivals[0]?.id;
  return { ...evidence, arrivals: evidence.arrivals.filter(({ id }) => id !== lost) };
}

function changeFirst(evidence: ReceiverEvidence, change: (arrival: Arrival) => Arrival): ReceiverEvidence {
  return { ...evidence, arrivals: evidence.arrivals.map((arrival, index) => (index === 0 ? change(arrival) : arrival)) };
}

function verifies({ id, timestamp, signature, body }: Arrival, secret: string): boolean {
  try {
    // Over the very time of the try, which may be minutes ago by now: the bytes are judged, not their age.
    return new Webhook(secret).sign(id, new Date(Number(timestamp) * 1000), body) === signature;
  } catch {
    return false;
  }
}
