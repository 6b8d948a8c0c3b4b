// `npm run gateway -- ACCOUNT OPERATION '{json}'`: calls one operation of a gateway's document and shows what was said. ACCOUNT is
// an account's id, or a gateway's id where only one account has it. Without an operation: what the account can do. Without an
// account: the accounts. Prints JSON; exit code 1 when the gateway did not do it, 2 when something typed is wrong.
import { close, open, useDatabase as setDatabase } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { startBoss, stopBoss } from "#lib/jobs/queues.ts";
import { borrowDatabase } from "./database.ts";
import { gatewayCommand } from "./gateway/command.ts";
import { InputError } from "./gateway/inputs.ts";

const borrowed = await borrowDatabase();
try {
  await migrateDatabase(borrowed.url);
  const database = open(borrowed.url, 4);
  setDatabase(database);
  await startBoss({ url: borrowed.url, supervise: false });
  try {
    process.exitCode = await gatewayCommand(database, process.argv.slice(2), console.log);
  } finally {
    await stopBoss();
    await close(database);
  }
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
} finally {
  await borrowed.release();
}
