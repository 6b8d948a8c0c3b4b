import { type ChildProcess, fork } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../../processes.ts";
import type { Arrival, ReceiverServer } from "./receiver.ts";

const LIFE_MS = 1500;
const DEATH_MS = 700;

/** A shop's server in a process of its own that is killed with -9 again and again, until it is healed. */
export async function openMortal(name: string, dataDir: string): Promise<ReceiverServer> {
  const port = await freePort(0, "127.0.0.1");
  if (port === null) throw new Error("no free TCP port on 127.0.0.1");
  const file = path.join(dataDir, "mortal-shop.jsonl");
  const start = (): ChildProcess =>
    fork(path.join(import.meta.dirname, "mortal-shop.ts"), [String(port), file, name], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  let child = start();
  const healed = new AbortController();
  const haunting = haunt();
  async function haunt(): Promise<void> {
    const wait = (ms: number) => pause(ms, null, { signal: healed.signal }).catch(() => {});
    while (!healed.signal.aborted) {
      await wait(LIFE_MS);
      if (healed.signal.aborted) return;
      await kill(child);
      await wait(DEATH_MS);
      child = start();
    }
  }
  const arrivals: Arrival[] = [];
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    arrivals,
    heal: async () => {
      healed.abort();
      await haunting;
    },
    close: async () => {
      healed.abort();
      await haunting;
      await kill(child);
      // A line that was being written when the process died was never answered: it is not complete, and does not count.
      const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
      arrivals.push(...lines.map((line) => JSON.parse(line) as Arrival));
    },
  };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}
