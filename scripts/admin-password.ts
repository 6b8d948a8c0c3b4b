// `npm run admin:password -- someone@example.com`: a one-time password for a person who is locked out.

import { close, open } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { resetPassword } from "#db/seed.ts";
import { borrowDatabase } from "./database.ts";

const [email] = process.argv.slice(2);
if (!email) {
  console.error("Usage: npm run admin:password -- someone@example.com");
  process.exit(2);
}
const borrowed = await borrowDatabase();
try {
  await migrateDatabase(borrowed.url);
  const database = open(borrowed.url, 2);
  const password = await resetPassword(database, email).finally(() => close(database));
  if (password) console.log(`${email} may sign in once with ${password} and must then choose a password. Other sessions are ended.`);
  else {
    console.error(`Nobody here has the e-mail ${email}.`);
    process.exitCode = 1;
  }
} finally {
  await borrowed.release();
}
