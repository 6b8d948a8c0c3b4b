// `npm run audit:verify`: is the audit whole? Names the first row that was changed, moved or taken away; exit code 1 then.
// `npm run audit:verify -- --accept "why"`: a person has looked at it and the audit goes on from here.

import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { close, type Database, open } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { auditSentence } from "#lib/audit/sentence.ts";
import { acceptAudit, checkAudit } from "#lib/audit/standing.ts";
import { ownActor } from "#lib/domain/audit.ts";
import { borrowDatabase } from "./database.ts";

const USAGE = 'Usage: npm run audit:verify [-- --accept "why it is so"]';

const why = readWhy();
const borrowed = await borrowDatabase();
try {
  await migrateDatabase(borrowed.url);
  const database = open(borrowed.url, 2);
  await run(database).finally(() => close(database));
} finally {
  await borrowed.release();
}

async function run(database: Database): Promise<void> {
  const found = await checkAudit(database, "all");
  if (!found) {
    console.error("Another check is just running: try again in a moment.");
    process.exitCode = 2;
    return;
  }
  if (found.accepted) console.log(`Accepted earlier: ${auditSentence(found.accepted)}.`);
  if (found.ok) {
    console.log(`The audit is whole: ${found.end.sequence} rows. Its end is ${found.end.sequence}:${found.end.hash}`);
    if (why) console.log("There is nothing to accept.");
    return;
  }
  console.error(`The audit is not whole. ${auditSentence(found.problem)}.`);
  console.error(`Rows up to ${found.end.sequence} are as they were written.`);
  process.exitCode = 1;
  if (!why) return;
  await acceptAudit(database, { actor: ownActor("script", `npm run audit:verify (${userInfo().username})`), why, problem: found.problem });
  const next = await checkAudit(database, "all");
  if (next?.ok === false) {
    console.error(`Accepted and written down. That is not all: ${auditSentence(next.problem)}.`);
    console.error("Look into that too, and accept it by itself.");
    return;
  }
  console.log("Accepted and written down: the audit goes on from here.");
  process.exitCode = 0;
}

function readWhy(): string | null {
  try {
    const { values } = parseArgs({ options: { accept: { type: "string" } } });
    if (values.accept === undefined || values.accept.trim() !== "") return values.accept?.trim() ?? null;
  } catch {
    // The usage below says what is allowed.
  }
  console.error(USAGE);
  process.exit(2);
}
