import { sql } from "drizzle-orm";
import { type Database, inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { revokeSessionsOf } from "#db/queries/dashboard-sessions.ts";
import { deleteTotp } from "#db/queries/two-step.ts";
import { users } from "#db/schema/users.ts";
import { seedDemoShop } from "#db/seed-demo.ts";
import { ownActor } from "#lib/domain/audit.ts";
import { newId } from "#lib/domain/ids.ts";
import { env, sandboxOn } from "#lib/env.ts";
import { hashPassword, newPassword } from "#lib/password.ts";

export interface Seeded {
  /** The admin this start made, whose one-time password is known only now; null when there are users already. */
  admin: { email: string; password: string } | null;
}

/**
 * What a first start needs, and a later one brings up to date: the first admin with a one-time password and, where the
 * sandbox is on, a demo shop with an account at each simulated gateway. Repeating it changes nothing but the addresses,
 * which follow `origin`: this server must reach itself there, as the gateways it simulates would. Safe to run from
 * several processes at once.
 */
export async function seed(database: Database, { origin }: { origin: string }): Promise<Seeded> {
  const admin = await firstAdmin(database);
  if (sandboxOn()) await seedDemoShop(database, origin);
  return { admin };
}

/** A one-time password, and whether two-step sign-in was on and is off now. */
export interface Reset {
  password: string;
  twoStepOff: boolean;
}

/**
 * Gives a person a new one-time password and ends their sessions; with `twoStepOff` takes two-step sign-in away as well, for
 * who lost the phone and the recovery codes. Null when nobody has that e-mail.
 */
export async function resetPassword(database: Database, email: string, ask: { twoStepOff: boolean }): Promise<Reset | null> {
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  return inTransaction(database, async (tx) => {
    const [user] = await tx
      .update(users)
      .set({ passwordHash, mustChangePassword: true })
      .where(sql`lower(${users.email}) = lower(${email})`)
      .returning({ id: users.id });
    if (!user) return null;
    await revokeSessionsOf(tx, user.id);
    const twoStepOff = ask.twoStepOff && (await deleteTotp(tx, user.id));
    const actor = ownActor("script", "npm run admin:password");
    const target = { kind: "user", id: user.id };
    await appendAudit(tx, { actor, merchantId: null, action: "session.reset_password", target, detail: { two_step_off: twoStepOff } });
    return { password, twoStepOff };
  });
}

async function firstAdmin(database: Database): Promise<Seeded["admin"]> {
  const email = env().ADMIN_EMAIL;
  const password = newPassword();
  const passwordHash = await hashPassword(password);
  const made = await inTransaction(database, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('seed.admin'))`);
    const [someone] = await tx.select({ id: users.id }).from(users).limit(1);
    if (someone) return false;
    await tx.insert(users).values({ id: newId("user"), email, name: "Admin", passwordHash, mustChangePassword: true, platformAdmin: true });
    return true;
  });
  return made ? { email, password } : null;
}
