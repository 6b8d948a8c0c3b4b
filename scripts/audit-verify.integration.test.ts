import { type ExecFileException, execFile } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { tamperWith } from "#lib/audit/tamper-testing.ts";
import { ownActor } from "#lib/domain/audit.ts";

const ROWS = 2000;
const root = path.resolve(import.meta.dirname, "..");
let world: TestDatabase;

beforeAll(async () => {
  world = await testDatabase();
  await inTransaction(world.database, async (tx) => {
    const entry = { actor: ownActor("script", "a test"), merchantId: null, action: "links.edit", target: null } as const;
    for (let n = 1; n <= ROWS; n += 1) await appendAudit(tx, { ...entry, detail: { n, amount: "12.50 CNY" } });
  });
});
afterAll(() => world.close());

interface Ran {
  code: number;
  said: string;
}

/** The real command, in a process of its own. */
function verify(command: readonly [string, ...string[]] = [process.execPath, "scripts/audit-verify.ts"]): Promise<Ran> {
  const [file, ...given] = command;
  const env: NodeJS.ProcessEnv = { ...process.env, DATABASE_URL: world.url, NODE_ENV: "production" };
  return new Promise((resolve) =>
    execFile(file, given, { cwd: root, env }, (error: ExecFileException | null, out: string, problems: string) =>
      resolve({ code: error ? Number(error.code) : 0, said: `${out}${problems}` }),
    ),
  );
}

const tamper = (...statements: string[]) => tamperWith(world.database, ...statements);

/** What somebody does to the database, what the command then says, and how it is put right again. */
const DEEDS: Readonly<Record<string, { deed: string[]; said: string; undo: string[] }>> = {
  "one row changed": {
    deed: ["update audit set detail = replace(detail, '12.50', '92.50') where sequence = 1777"],
    said: "row 1777: changed after it was written: detail.\nRows up to 1776 are as they were written.",
    undo: ["update audit set detail = replace(detail, '92.50', '12.50') where sequence = 1777"],
  },
  "one row deleted": {
    deed: ["create table kept as select * from audit where sequence = 1500", "delete from audit where sequence = 1500"],
    said: "row 1500: missing.\nRows up to 1499 are as they were written.",
    undo: ["insert into audit select * from kept", "drop table kept"],
  },
  "two rows that changed places": {
    deed: [
      "update audit set sequence = -1 where sequence = 900",
      "update audit set sequence = 900 where sequence = 1900",
      "update audit set sequence = 1900 where sequence = -1",
    ],
    said: "row 900: stands in the wrong place: it was written under another number.\nRows up to 899",
    undo: [
      "update audit set sequence = -1 where sequence = 1900",
      "update audit set sequence = 1900 where sequence = 900",
      "update audit set sequence = 900 where sequence = -1",
    ],
  },
  "a newest row that is forged, and the chain's head with it": {
    deed: [
      `insert into audit select ${ROWS + 1}, at, actor_kind, actor_id, 'Eve', merchant_id, action, target_kind, target_id, detail, ip, user_agent, key_id, marks,
        encode(sha256(convert_to(hash, 'UTF8')), 'hex') from audit where sequence = ${ROWS}`,
      `create table kept as select * from audit_heads where id = 1`,
      `update audit_heads set sequence = ${ROWS + 1}, hash = (select hash from audit where sequence = ${ROWS + 1}) where id = 1`,
    ],
    said: `row ${ROWS + 1}: changed after it was written: sequence, actorName.\nRows up to ${ROWS} are as they were written.`,
    undo: [
      `delete from audit where sequence = ${ROWS + 1}`,
      "update audit_heads h set sequence = k.sequence, hash = k.hash, mac = k.mac from kept k where h.id = 1",
      "drop table kept",
    ],
  },
};

describe("npm run audit:verify", { timeout: 30_000 }, () => {
  test.each(Object.entries(DEEDS))("names %s, and ends with 1", async (_deed, { deed, said, undo }) => {
    await tamper(...deed);
    const ran = await verify();
    expect(ran.said).toContain(`The audit is not whole. ${said}`);
    expect(ran.code).toBe(1);
    await tamper(...undo);
  });

  test("says that thousands of rows are whole, and how many there are, once all of that was put right again", async () => {
    const ran = await verify(["npm", "run", "--silent", "audit:verify"]);
    expect(ran.said).toMatch(new RegExp(`^The audit is whole: ${ROWS} rows\\. Its end is ${ROWS}:[0-9a-f]{64}$`, "m"));
    expect(ran.code).toBe(0);
  });

  test("that is asked for nonsense says how it is used, and ends with 2", async () => {
    expect(await verify([process.execPath, "scripts/audit-verify.ts", "--accept", " "])).toMatchObject({
      code: 2,
      said: expect.stringContaining("Usage: npm run audit:verify"),
    });
  });
});
