import { db, inTransaction } from "#db/client.ts";
import { markReauthenticated, readPasswordHash, reauthenticatedLately } from "#db/queries/dashboard-sessions.ts";
import { forgetTry, takeTry } from "#db/queries/dashboard-sign-in.ts";
import { currentShopper } from "#lib/action.ts";
import type { User } from "#lib/auth.ts";
import { CONFIRM_FIELDS, type Confirmation, PROOF_MINUTES } from "#lib/domain/proof.ts";
import { passwordMatches } from "#lib/password.ts";
import { TRIES_PER_ADDRESS, TRIES_PER_EMAIL, TRY_WINDOW_SECONDS } from "#lib/sign-in.ts";

/** Whether a form of this person must carry their password: they have proved themselves neither by signing in nor since, for ten minutes. */
export async function mustConfirm(user: User): Promise<boolean> {
  return !(await reauthenticatedLately(db(), user.sessionId, PROOF_MINUTES));
}

/**
 * `ok` when the person proved themselves in the last ten minutes, or does so now by the form's `confirm_password`; else why not.
 * Wrong passwords count as failed sign-ins do, apart from them.
 */
export async function confirmed(user: User, form: FormData): Promise<Confirmation> {
  if (!(await mustConfirm(user))) return "ok";
  const password = form.get(CONFIRM_FIELDS.password);
  if (typeof password !== "string" || password === "") return "confirm_missing";
  const { ip } = await currentShopper();
  const keys = { person: `confirm:${user.id}`, address: `address:${ip}` };
  const limits = [
    { key: keys.person, limit: TRIES_PER_EMAIL },
    { key: keys.address, limit: TRIES_PER_ADDRESS },
  ];
  const tryAt = await inTransaction(db(), (tx) => takeTry(tx, limits, TRY_WINDOW_SECONDS));
  if (!tryAt) return "confirm_too_many";
  if (!(await passwordMatches(password, await readPasswordHash(db(), user.id)))) return "confirm_wrong";
  await inTransaction(db(), async (tx) => {
    await forgetTry(tx, keys, tryAt);
    await markReauthenticated(tx, user.sessionId);
  });
  return "ok";
}
