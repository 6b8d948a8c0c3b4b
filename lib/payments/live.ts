import { EventEmitter } from "node:events";
import postgres from "postgres";
import type { Database } from "#db/client.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";

/**
 * News of orders, from whichever process commits them to every process that shows them. A NOTIFY is a hint only: it is
 * sent after the commit, several in one statement, and a page that misses one asks again by itself. One LISTEN
 * connection per process (postgres.js, because it re-subscribes by itself).
 */
const CHANNEL = "shouyin_orders";
/** No token looks like this. */
const ENDING = " ending";
const BATCH_MS = 5;
const BATCH_MAX = 200;

interface Live {
  emitter: EventEmitter;
  waiting: Map<string, number>;
  timer: NodeJS.Timeout | null;
  listening: Promise<void> | null;
}

const holder = globalThis as { shouyinLive?: Live };

function live(): Live {
  holder.shouyinLive ??= { emitter: new EventEmitter().setMaxListeners(0), waiting: new Map(), timer: null, listening: null };
  return holder.shouyinLive;
}

/** Tells every process that the order behind `token` has reached event `sequence`. Call it after the commit. */
export function announce(database: Database, token: string, sequence: number): void {
  const state = live();
  state.waiting.set(token, sequence);
  if (state.waiting.size >= BATCH_MAX) flush(database);
  else state.timer ??= setTimeout(() => flush(database), BATCH_MS);
}

/** Calls `heard` whenever the order behind `token` changes; returns how to stop. */
export function subscribe(token: string, heard: (sequence: number) => void): () => void {
  const state = live();
  state.listening ??= listen();
  state.emitter.on(token, heard);
  return () => state.emitter.off(token, heard);
}

/** Ends every open stream of this process: its pages connect again, to whoever answers then. */
export function endStreams(): void {
  live().emitter.emit(ENDING);
}

/** Calls `end` when this process is stopping; returns how to forget it. */
export function onEnding(end: () => void): () => void {
  live().emitter.on(ENDING, end);
  return () => live().emitter.off(ENDING, end);
}

function flush(database: Database): void {
  const state = live();
  if (state.timer) clearTimeout(state.timer);
  state.timer = null;
  const batch = [...state.waiting];
  state.waiting.clear();
  if (batch.length === 0) return;
  const payload = batch.map(([token, sequence]) => `${token}:${sequence}`);
  database.$client
    .query({ name: "announce", text: `select pg_notify('${CHANNEL}', one) from unnest($1::text[]) as one`, values: [payload] })
    .catch((error: Error) => log.warn({ error: error.message }, "announce"));
}

async function listen(): Promise<void> {
  const sql = postgres(env().DATABASE_URL, {
    max: 1,
    idle_timeout: 0,
    connection: { application_name: "shouyin-live" },
    onnotice: () => {},
  });
  await sql
    .listen(CHANNEL, (payload) => {
      const [token, sequence] = payload.split(":");
      if (token) live().emitter.emit(token, Number(sequence));
    })
    .catch((error: Error) => {
      log.warn({ error: error.message }, "listen");
      live().listening = null;
    });
}
