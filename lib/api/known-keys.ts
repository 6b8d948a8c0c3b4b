import type { Database } from "#db/client.ts";
import { type KnownKey, keyByHash, touchKey } from "#db/queries/api-keys.ts";
import { log } from "#lib/log.ts";

/** A key read this long ago is read again: so long may a key revoked in another process go on here. */
const KEPT_MS = 2000;
const USED_EVERY_MS = 60_000;
const MOST_KEYS = 5000;

interface Held {
  keys: Map<string, { key: KnownKey; at: number }>;
  used: Map<string, number>;
}
// On globalThis: the dashboard's bundle revokes keys that the hot routes' own module graph remembers.
const holder = globalThis as { shouyinApiKeys?: Held };
function held(): Held {
  holder.shouyinApiKeys ??= { keys: new Map(), used: new Map() };
  return holder.shouyinApiKeys;
}

/** The key of this hash, at most two seconds old; an unknown one is asked for each time. */
export async function knownKey(database: Database, hash: string, now: number = Date.now()): Promise<KnownKey | null> {
  const { keys } = held();
  const known = keys.get(hash);
  if (known && now - known.at < KEPT_MS) return known.key;
  const key = await keyByHash(database, hash);
  if (keys.size >= MOST_KEYS) keys.clear();
  if (key) keys.set(hash, { key, at: now });
  else keys.delete(hash);
  return key;
}

/** Forgets what was read of keys: one was changed. */
export function forgetKeys(): void {
  held().keys.clear();
}

/** Notes that a key is used, at most once a minute, beside the request and not in it. */
export function noteUse(database: Database, keyId: string, now: number = Date.now()): void {
  const { used } = held();
  if (now - (used.get(keyId) ?? 0) < USED_EVERY_MS) return;
  if (used.size >= MOST_KEYS) used.clear();
  used.set(keyId, now);
  touchKey(database, keyId).catch((error: Error) => log.warn({ error: error.message }, "api: use of a key not noted"));
}
