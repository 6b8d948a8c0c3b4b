import { encode } from "next-auth/jwt";
import { type Database, inTransaction } from "#db/client.ts";
import { insertSession } from "#db/queries/dashboard-sessions.ts";
import { newId } from "#lib/domain/ids.ts";
import { secrets } from "#lib/secrets.ts";

/** Signs a person in as their own browser would be: the session, and the value of the cookie `next-auth.session-token` that names it. */
export async function signedIn(database: Database, userId: string): Promise<{ sessionId: string; cookie: string }> {
  const sessionId = newId("session");
  await inTransaction(database, (tx) => insertSession(tx, { id: sessionId, userId, userAgent: "t", ip: "192.0.2.1", hours: 12 }));
  return { sessionId, cookie: await encode({ token: { sid: sessionId }, secret: secrets().session, salt: "" }) };
}
