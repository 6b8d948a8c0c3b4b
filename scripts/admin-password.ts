// `npm run admin:password -- someone@example.com`: a one-time password for a person who is locked out. With `--two-step-off`
// two-step sign-in is switched off too, for who lost the phone and the recovery codes.

import { parseArgs } from "node:util";
import { close, open } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { resetPassword } from "#db/seed.ts";
import { borrowDatabase } from "./database.ts";

const USAGE = "Usage: npm run admin:password -- someone@example.com [--two-step-off]";
const { values, positionals } = read();
const [email, ...more] = positionals;
if (!email || more.length > 0) {
  console.error(USAGE);
  process.exit(2);
}
const borrowed = await borrowDatabase();
try {
  await migrateDatabase(borrowed.url);
  const database = open(borrowed.url, 2);
  const twoStepOff = values["two-step-off"];
  const reset = await resetPassword(database, email, { twoStepOff }).finally(() => close(database));
  if (reset) {
    console.log(`${email} may sign in once with ${reset.password} and must then choose a password. Other sessions are ended.`);
    if (reset.twoStepOff)
      console.log("Two-step sign-in is off and the recovery codes are void. Switch it on again at /dashboard/security.");
    else if (twoStepOff) console.log("Two-step sign-in was not on.");
    else console.log("If two-step sign-in is on it stays on; --two-step-off takes it away.");
  } else {
    console.error(`Nobody here has the e-mail ${email}.`);
    process.exitCode = 1;
  }
} finally {
  await borrowed.release();
}

function read() {
  try {
    return parseArgs({ options: { "two-step-off": { type: "boolean", default: false } }, allowPositionals: true });
  } catch {
    console.error(USAGE);
    process.exit(2);
  }
}
