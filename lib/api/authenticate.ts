import type { Database } from "#db/client.ts";
import type { KnownKey } from "#db/queries/api-keys.ts";
import { keyHash } from "#lib/api/keys.ts";
import { knownKey, noteUse } from "#lib/api/known-keys.ts";
import type { OwnCode } from "#lib/api/problems.ts";

const BEARER = /^Bearer +(\S+)$/i;
const KEY = /^sk_(?:live|test)_[0-9a-hjkmnp-tv-z]{26}$/;

/**
 * The key a request carries in `Authorization: Bearer …`, or why it is not let in, and which it `named` all the same. What cannot be a key costs no query. A key is
 * found by its hash in an index: no comparison of ours takes longer for one that is nearly right.
 */
export async function authenticate(
  database: Database,
  authorization: string | null,
): Promise<{ ok: true; key: KnownKey } | { ok: false; code: OwnCode; named: KnownKey | null }> {
  const secret = authorization === null ? undefined : BEARER.exec(authorization)?.[1];
  if (secret === undefined) return { ok: false, code: "key_missing", named: null };
  const key = KEY.test(secret) ? await knownKey(database, keyHash(secret)) : null;
  if (!key?.merchantActive) return { ok: false, code: "key_unknown", named: key };
  if (key.revoked) return { ok: false, code: "key_revoked", named: key };
  if (key.expired) return { ok: false, code: "key_expired", named: key };
  noteUse(database, key.id);
  return { ok: true, key };
}
