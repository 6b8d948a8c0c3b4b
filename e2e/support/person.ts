import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { type Database, inTransaction } from "#db/client.ts";
import { memberships, type Role, users } from "#db/schema/users.ts";
import { newId } from "#lib/domain/ids.ts";
import { hashPassword } from "#lib/password.ts";

/** Somebody who works here. */
export interface Person {
  id: string;
  email: string;
  password: string;
}

/** Hires a person: a platform admin, or with a role in one merchant. */
export async function hire(database: Database, as: { merchantId: string; role: Role } | "platform", locale = "zh-CN"): Promise<Person> {
  const person = { id: newId("user"), email: `${randomBytes(6).toString("hex")}@example.com`, password: randomBytes(12).toString("hex") };
  const passwordHash = await hashPassword(person.password);
  await inTransaction(database, async (tx) => {
    await tx
      .insert(users)
      .values({ id: person.id, email: person.email, name: "测试员", passwordHash, platformAdmin: as === "platform", locale });
    if (as !== "platform") await tx.insert(memberships).values({ userId: person.id, ...as });
  });
  return person;
}

/** Signs in through the page and waits for whatever comes next. */
export async function signIn(page: Page, { email, password }: Pick<Person, "email" | "password">, next = "/dashboard"): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("main button[type=submit], form button[type=submit]").first().click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
}
