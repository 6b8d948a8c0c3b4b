import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { encode } from "next-auth/jwt";
import { type Database, inTransaction } from "#db/client.ts";
import { insertSession } from "#db/queries/dashboard-sessions.ts";
import { memberships, type Role, users } from "#db/schema/users.ts";
import { newId } from "#lib/domain/ids.ts";
import { env } from "#lib/env.ts";
import { hashPassword } from "#lib/password.ts";
import { secrets } from "#lib/secrets.ts";
import { SESSION_HOURS } from "#lib/sign-in.ts";

/** Somebody who works here. */
export interface Person {
  id: string;
  email: string;
  password: string;
  /** Begins a session without the form, whose page and slow hash sign-in.spec.ts looks at; gives its id. */
  beginSession(): Promise<string>;
}

/** One password for everybody a worker hires: hashing is slow on purpose. */
const password = randomBytes(12).toString("hex");
let hashed: Promise<string> | null = null;

/** Hires a person: a platform admin, or with a role in one merchant. */
export async function hire(database: Database, as: { merchantId: string; role: Role } | "platform", locale = "zh-CN"): Promise<Person> {
  const id = newId("user");
  const email = `${randomBytes(6).toString("hex")}@example.com`;
  hashed ??= hashPassword(password);
  const passwordHash = await hashed;
  await inTransaction(database, async (tx) => {
    await tx.insert(users).values({ id, email, name: "测试员", passwordHash, platformAdmin: as === "platform", locale });
    if (as !== "platform") await tx.insert(memberships).values({ userId: id, ...as });
  });
  const beginSession = async () => {
    const session = { id: newId("session"), userId: id, userAgent: "e2e", ip: "127.0.0.1", hours: SESSION_HOURS };
    await inTransaction(database, (tx) => insertSession(tx, session));
    return session.id;
  };
  return { id, email, password, beginSession };
}

/** Brings a browser in with a session of this person's, and goes to `next`. */
export async function signIn(page: Page, { beginSession }: Pick<Person, "beginSession">, next = "/dashboard"): Promise<void> {
  const value = await encode({ token: { sid: await beginSession() }, secret: secrets().session });
  await page.context().addCookies([{ name: "next-auth.session-token", value, url: env().PUBLIC_URL, httpOnly: true, sameSite: "Lax" }]);
  await page.goto(next);
}

/** Signs in through the page and waits for whatever comes next. */
export async function signInByForm(page: Page, { email, password }: Pick<Person, "email" | "password">, next = "/dashboard") {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("main button[type=submit], form button[type=submit]").first().click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}
