import { parseArgs } from "node:util";

export interface ChaosOptions {
  /** How many shoppers come. */
  orders: number;
  /** Decides every choice of shoppers and shop; the machine decides how they interleave. */
  seed: number;
  /** The server is killed at least so often, even when the shoppers have finished. */
  kills: number;
  /** Falsifies one received webhook before the proof, which must then fail: shows that exit code and words follow. */
  sabotage: boolean;
  /** Instead: shops' receivers misbehave in every way while so many events are told (scripts/chaos/receivers). Null: no. */
  events: number | null;
}

export const USAGE =
  "npm run chaos -- [--orders 100] [--seed <number>] [--kills 4] [--sabotage] | -- --receivers [--events 300] [--sabotage]";

/** Reads the command line. Throws with a sentence for people. */
export function readOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      orders: { type: "string", default: "100" },
      seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
      kills: { type: "string", default: "4" },
      sabotage: { type: "boolean", default: false },
      receivers: { type: "boolean", default: false },
      events: { type: "string", default: "300" },
    },
  });
  return {
    orders: whole("--orders", values.orders, 1, 10_000),
    seed: whole("--seed", values.seed, 0, 2 ** 31 - 1),
    kills: whole("--kills", values.kills, 0, 1000),
    sabotage: values.sabotage,
    events: values.receivers ? whole("--events", values.events, 100, 100_000) : null,
  };
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw new Error(`${name} is a whole number from ${least} to ${most}: ${USAGE}`);
  return value;
}
