import type { InboundMessage } from "#lib/gateways/notice.ts";
import { mutated } from "./mutate.ts";
import { type Random, seeded } from "./random.ts";

/** A receiver of notices under test: what it makes of a message, as text, or null when it does not believe it. */
export type Receiver = (message: InboundMessage) => string | null;

export interface FuzzResult {
  runs: number;
  /** Not believed. */
  refused: number;
  /** Believed, and meaning what a genuine message meant: a change that changes nothing (an escape written otherwise). */
  same: number;
  /** Believed with a meaning nobody signed. */
  different: number;
  crashes: number;
  /** The first few messages that should not have been believed, or broke the receiver. */
  examples: string[];
}

const EXAMPLES_MAX = 5;

/**
 * Gives a receiver `runs` mutations of genuine messages, made by `seed`. A mutation may mix two of them, so either's meaning is
 * accepted; any other is counted as `different`. Throws when a genuine message itself is not believed.
 */
export function fuzz(genuine: readonly InboundMessage[], receive: Receiver, runs: number, seed: number): FuzzResult {
  const meanings = genuine.map((message) => {
    const meaning = receive(message);
    if (meaning === null) throw new Error("a genuine message is not believed");
    return meaning;
  });
  if (new Set(meanings).size < 2) throw new Error("all genuine messages mean the same");
  const random = seeded(seed);
  const result: FuzzResult = { runs, refused: 0, same: 0, different: 0, crashes: 0, examples: [] };
  for (let run = 0; run < runs; run += 1) once(genuine, meanings, receive, random, result);
  return result;
}

function once(
  genuine: readonly InboundMessage[],
  meanings: readonly string[],
  receive: Receiver,
  random: Random,
  result: FuzzResult,
): void {
  const [a, b] = [random.below(genuine.length), random.below(genuine.length)];
  const [one, other] = [genuine[a], genuine[b]];
  if (!one || !other) return;
  const message = mutated({ one, other }, random);
  try {
    const meaning = receive(message);
    if (meaning === null) result.refused += 1;
    else if (meaning === meanings[a] || meaning === meanings[b]) result.same += 1;
    else {
      result.different += 1;
      note(result, message, meaning);
    }
  } catch (error) {
    result.crashes += 1;
    note(result, message, error instanceof Error ? `${error.name}: ${error.message}` : "thrown");
  }
}

function note(result: FuzzResult, { method, query, headers, body }: InboundMessage, what: string): void {
  if (result.examples.length >= EXAMPLES_MAX) return;
  result.examples.push(JSON.stringify({ what, method, query, headers, body: Buffer.from(body).toString("latin1") }));
}
