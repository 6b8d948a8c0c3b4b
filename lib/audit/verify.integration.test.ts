import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { auditSentence } from "#lib/audit/sentence.ts";
import { acceptAudit, auditStanding, checkAudit } from "#lib/audit/standing.ts";
import { tamperWith } from "#lib/audit/tamper-testing.ts";
import type { AuditProblem } from "#lib/audit/verify.ts";
import { auditWatch } from "#lib/audit/watch.ts";
import { type AuditActor, ownActor } from "#lib/domain/audit.ts";

let world: TestDatabase;
const person: AuditActor = { kind: "user", id: "usr_1", name: "王", ip: "192.0.2.1", userAgent: "Browser" };

beforeAll(async () => {
  world = await testDatabase();
});
afterAll(() => world.close());

const tamper = (...statements: string[]) => tamperWith(world.database, ...statements);

const append = (n: number) =>
  inTransaction(world.database, (tx) =>
    appendAudit(tx, {
      actor: person,
      merchantId: n % 2 ? "mer_1" : null,
      action: "links.edit",
      target: n % 3 ? { kind: "link", id: `lnk_${n}` } : null,
      detail: { n, amount: "12.50 CNY" },
    }),
  );

const file = () => path.join(process.env.CASHIER_DATA ?? "", "audit-head.json");

/** Eight rows, nothing checked yet. */
beforeEach(async () => {
  await tamper(
    "delete from audit",
    "delete from audit_heads where id = 2",
    "update audit_heads set sequence = 0, hash = '', mac = '' where id = 1",
  );
  rmSync(file(), { force: true });
  for (let n = 1; n <= 8; n += 1) await append(n);
});

async function problem(which: "all" | "new" = "all"): Promise<AuditProblem | null> {
  const found = await checkAudit(world.database, which);
  if (!found) throw new Error("somebody else is checking");
  return found.ok ? null : found.problem;
}

test("an untouched chain is whole, and so is an empty one", async () => {
  expect(await problem()).toBeNull();
  expect(await auditStanding(world.database)).toMatchObject({ kind: "whole", sequence: 8 });
  await tamper(
    "delete from audit",
    "delete from audit_heads where id = 2",
    "update audit_heads set sequence = 0, hash = '', mac = '' where id = 1",
  );
  rmSync(file());
  expect(await problem()).toBeNull();
});

const COLUMNS: Readonly<Record<string, string>> = {
  at: "at + interval '1 second'",
  actor_kind: "'system'",
  actor_id: "'usr_2'",
  actor_name: "'Somebody else'",
  merchant_id: "'mer_2'",
  action: "'links.create'",
  target_kind: "'order'",
  target_id: "'lnk_9'",
  detail: "replace(detail, '12.50', '12.51')",
  ip: "'192.0.2.2'",
  user_agent: "''",
  key_id: "'other'",
  marks: 'replace(marks, \'"ip":"\', \'"ip":"0\')',
};

test.each(Object.entries(COLUMNS))("a changed %s is found, and named", async (column, value) => {
  await tamper(`update audit set ${column} = ${value} where sequence = 4`);
  const found = await problem();
  const named = column === "marks" ? "ip" : column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  expect(found).toEqual({ kind: "changed", columns: [named], sequence: 4 });
  expect(auditSentence(found as AuditProblem)).toContain("row 4");
});

test("null and empty text are not the same to it", async () => {
  await tamper("update audit set merchant_id = '' where sequence = 2");
  expect(await problem()).toEqual({ kind: "changed", columns: ["merchantId"], sequence: 2 });
});

test.each([
  ["a changed hash", ["update audit set hash = repeat('0', 64) where sequence = 5"], { kind: "unproven", sequence: 5 }],
  ["a deleted row", ["delete from audit where sequence = 3"], { kind: "missing", sequence: 3, until: 3 }],
  ["the first rows deleted", ["delete from audit where sequence <= 2"], { kind: "missing", sequence: 1, until: 2 }],
  [
    "a deleted row whose followers moved up",
    [
      "delete from audit where sequence = 3",
      "update audit set sequence = -sequence where sequence > 3",
      "update audit set sequence = -sequence - 1 where sequence < 0",
    ],
    { kind: "moved", sequence: 3 },
  ],
  [
    "two rows that changed places",
    [
      "update audit set sequence = 99 where sequence = 2",
      "update audit set sequence = 2 where sequence = 6",
      "update audit set sequence = 6 where sequence = 99",
    ],
    { kind: "moved", sequence: 2 },
  ],
  [
    "a row in place of another, number and all",
    [
      "delete from audit where sequence = 4",
      "insert into audit select 4, at, actor_kind, actor_id, actor_name, merchant_id, action, target_kind, target_id, detail, ip, user_agent, key_id, marks, hash from audit where sequence = 5",
      'update audit set marks = regexp_replace(marks, \'"sequence":"[^"]*"\', (select substring(marks from \'"sequence":"[^"]*"\') from audit where sequence = 6)) where sequence = 4',
    ],
    { kind: "moved", sequence: 4 },
  ],
  ["rows cut off the end", ["delete from audit where sequence > 6"], { kind: "cut", sequence: 7, until: 8, by: "head" }],
  [
    "rows cut off the end and the head put back",
    [
      "delete from audit where sequence > 6",
      "update audit_heads set sequence = 6, hash = (select hash from audit where sequence = 6) where id = 1",
    ],
    { kind: "head_changed", sequence: 6 },
  ],
  ["the head put back alone", ["update audit_heads set sequence = 7 where id = 1"], { kind: "head_changed", sequence: 8 }],
] as const)("%s is found", async (_what, statements, expected) => {
  await tamper(...statements);
  expect(await problem()).toEqual(expected);
  expect(await auditStanding(world.database)).toMatchObject({ kind: "broken", problem: expected });
});

test("a second row under a number is found where even the primary key was dropped", async () => {
  await tamper("alter table audit drop constraint audit_pkey", "insert into audit select * from audit where sequence = 5");
  expect(await problem()).toEqual({ kind: "repeated", sequence: 5 });
  await tamper("delete from audit", "alter table audit add primary key (sequence)");
});

test("rows cut off with a genuine old head put back are remembered by the last check, and without it by the file", async () => {
  const { rows } = await world.database.$client.query("select sequence, hash, mac from audit_heads where id = 1");
  const [old] = rows;
  await append(9);
  expect(await problem("new")).toBeNull();
  const cut = [
    "delete from audit where sequence > 8",
    `update audit_heads set sequence = 8, hash = '${old.hash}', mac = '${old.mac}' where id = 1`,
  ];
  await tamper(...cut);
  expect(await problem("new")).toEqual({ kind: "cut", sequence: 9, until: 9, by: "checked" });
  // A check that found the trouble does not forget it.
  expect(await problem()).toEqual({ kind: "cut", sequence: 9, until: 9, by: "checked" });
  await tamper("delete from audit_heads where id = 2");
  expect(await problem()).toEqual({ kind: "cut", sequence: 9, until: 9, by: "file" });
  // Written on until as long as before: it is another row.
  await append(9);
  await tamper("delete from audit_heads where id = 2");
  expect(await problem()).toEqual({ kind: "rewritten", sequence: 9, by: "file" });
});

test("a witness somebody else wrote is no witness", async () => {
  expect(await problem()).toBeNull();
  const genuine = readFileSync(file(), "utf8");
  writeFileSync(file(), genuine.replace('"sequence":8', '"sequence":3'));
  expect(await problem()).toEqual({ kind: "witness_forged", sequence: 8, by: "file" });
  writeFileSync(file(), genuine);
  expect(await problem()).toBeNull();
  await tamper("update audit_heads set problem = null, at = now() where id = 2");
  expect(await auditStanding(world.database)).toEqual({ kind: "forged" });
  expect(await problem()).toEqual({ kind: "witness_forged", sequence: 8, by: "checked" });
});

test("a check of what is new begins where the last ended, and a changed place there sends it back to the beginning", async () => {
  expect(await problem()).toBeNull();
  await append(9);
  const found = await checkAudit(world.database, "new");
  expect(found).toMatchObject({ ok: true, rows: 1, end: { sequence: 9 } });
  await tamper("update audit set hash = repeat('0', 64) where sequence = 9");
  expect(await problem("new")).toEqual({ kind: "unproven", sequence: 9 });
});

test("what a person accepted stays readable, and the chain counts from there: a later change is found again", async () => {
  await tamper("update audit set ip = '' where sequence = 2", "delete from audit where sequence > 6");
  const found = await problem();
  await acceptAudit(world.database, { actor: ownActor("script", "test"), why: "backup put back", problem: found as AuditProblem });
  expect(await checkAudit(world.database, "all")).toMatchObject({ ok: true, end: { sequence: 7 }, accepted: found });
  expect(await auditStanding(world.database)).toMatchObject({ kind: "whole", sequence: 7 });
  await append(8);
  await tamper("update audit set actor_id = 'usr_9' where sequence = 8");
  expect(await problem()).toEqual({ kind: "changed", columns: ["actorId"], sequence: 8 });
});

test("what is accepted is that trouble and no other, before the same place as well; and another can be accepted after it", async () => {
  await tamper("update audit set ip = '' where sequence = 3");
  await accept();
  expect(await problem()).toBeNull();
  await tamper("update audit set actor_id = 'usr_9' where sequence = 2");
  expect(await problem()).toEqual({ kind: "changed", columns: ["actorId"], sequence: 2 });
  await accept();
  await append(11);
  await tamper("update audit set actor_id = 'usr_9' where sequence = 11");
  await accept();
  expect(await checkAudit(world.database, "all")).toMatchObject({ ok: true, end: { sequence: 12 }, accepted: { sequence: 2 } });
  // Who changes the acceptance itself has taken it back: what it accepted is told again.
  await tamper("update audit set actor_name = 'Eve' where sequence = 12");
  expect(await problem()).toEqual({ kind: "changed", columns: ["actorId"], sequence: 11 });
});

const accept = async (expected?: object) => {
  const found = await problem();
  if (!found) throw new Error("nothing to accept");
  if (expected) expect(found).toMatchObject(expected);
  await acceptAudit(world.database, { actor: ownActor("script", "test"), why: "known", problem: found });
};
/** Row 5's value and its mark in row 4: each column fits by itself, the row as a whole was never written. */
const RECOMBINED = [
  "update audit set target_id = (select target_id from audit where sequence = 5) where sequence = 4",
  `update audit a set marks = regexp_replace(a.marks, '"targetId":"[^"]*"',
     (select substring(b.marks from '"targetId":"[^"]*"') from audit b where b.sequence = 5)) where a.sequence = 4`,
];

test.each([
  ["changed", "update audit set ip = '' where sequence = 3"],
  ["gone", "delete from audit where sequence = 3"],
  ["of another hash", "update audit set hash = repeat('0', 64) where sequence = 3"],
])("the rows between an accepted trouble (a row that is %s) and its acceptance are looked at like any other", async (_what, trouble) => {
  await tamper(trouble);
  await accept({ sequence: 3 });
  expect(await problem()).toBeNull();
  await tamper("update audit set actor_id = 'usr_9' where sequence = 5");
  expect(await problem()).toEqual({ kind: "changed", columns: ["actorId"], sequence: 5 });
  await accept();
  await tamper("delete from audit where sequence = 7");
  expect(await problem()).toEqual({ kind: "missing", sequence: 7, until: 7 });
  await accept();
  await tamper("update audit set user_agent = '' where sequence = 8");
  expect(await problem()).toEqual({ kind: "changed", columns: ["userAgent"], sequence: 8 });
  await accept();
  expect(await checkAudit(world.database, "all")).toMatchObject({ ok: true, end: { sequence: 12 }, accepted: { sequence: 3 } });
});

test("the row right after an accepted trouble is held to what it was then: also where its columns are another row's", async () => {
  await tamper("delete from audit where sequence = 3");
  await accept();
  await tamper(...RECOMBINED);
  expect(await problem()).toEqual({ kind: "unproven", sequence: 4 });
});

test("one accepted trouble hides no other that was there already: each is told, and accepted for itself", async () => {
  await tamper(
    "update audit set ip = '' where sequence = 2",
    "update audit set ip = '' where sequence = 3",
    "update audit set hash = repeat('0', 64) where sequence = 5",
    "delete from audit where sequence = 7",
  );
  await accept({ kind: "changed", sequence: 2 });
  await accept({ kind: "changed", sequence: 3 });
  await accept({ kind: "unproven", sequence: 5 });
  await accept({ kind: "missing", sequence: 7 });
  expect(await problem()).toBeNull();
});

test("an acceptance from before there were seals still hides nothing but its trouble", async () => {
  await tamper("delete from audit where sequence = 3");
  const detail = { why: "known", problem: auditSentence({ kind: "missing", sequence: 3, until: 3 }) };
  const actor = ownActor("script", "test");
  await inTransaction(world.database, (tx) => appendAudit(tx, { actor, merchantId: null, action: "audit.accept", target: null, detail }));
  expect(await problem()).toBeNull();
  await tamper("update audit set ip = '' where sequence = 4");
  expect(await problem()).toEqual({ kind: "changed", columns: ["ip"], sequence: 4 });
});

test("rows of a key that is gone are one trouble, and are held to what they were when it was accepted", async () => {
  await tamper("update audit set key_id = 'gone', marks = '{}' where sequence between 2 and 4");
  await accept({ kind: "key_unknown", sequence: 2, keyId: "gone" });
  expect(await problem()).toBeNull();
  await tamper("update audit set ip = '' where sequence = 3");
  expect(await problem()).toEqual({ kind: "key_unknown", sequence: 2, keyId: "gone" });
  await accept();
  expect(await problem()).toBeNull();
  await tamper("update audit set ip = '' where sequence = 5");
  expect(await problem()).toEqual({ kind: "changed", columns: ["ip"], sequence: 5 });
});

test("a row that stands twice is accepted as one trouble", async () => {
  await tamper("alter table audit drop constraint audit_pkey", "insert into audit select * from audit where sequence = 5");
  await accept({ kind: "repeated", sequence: 5 });
  expect(await problem()).toBeNull();
  await tamper("update audit set ip = '' where sequence = 6");
  expect(await problem()).toEqual({ kind: "changed", columns: ["ip"], sequence: 6 });
  await tamper("delete from audit", "alter table audit add primary key (sequence)");
});

test("a forged acceptance accepts nothing", async () => {
  const words = auditSentence({ kind: "changed", columns: ["ip"], sequence: 2 });
  const detail = JSON.stringify({ problem: words, why: "so" });
  await tamper("update audit set ip = '' where sequence = 2", "update audit set action = 'audit.accept' where sequence = 5");
  expect(await problem()).toEqual({ kind: "changed", columns: ["ip"], sequence: 2 });
  await tamper(`update audit set detail = '${detail}' where sequence = 5`);
  expect(await problem()).toEqual({ kind: "changed", columns: ["ip"], sequence: 2 });
});

test("more rows than a piece are walked in pieces, and the clockwork walks everything again after six hours", async () => {
  await inTransaction(world.database, async (tx) => {
    for (let n = 0; n < 1200; n += 1)
      await appendAudit(tx, { actor: person, merchantId: null, action: "links.edit", target: null, detail: {} });
  });
  let now = 0;
  const watch = auditWatch(world.database, () => now);
  await watch();
  expect(await auditStanding(world.database)).toMatchObject({ kind: "whole", sequence: 1208 });
  await tamper("update audit set ip = '' where sequence = 1100");
  await watch();
  expect(await auditStanding(world.database)).toMatchObject({ kind: "whole" });
  now = 6 * 3_600_000;
  await watch();
  expect(await auditStanding(world.database)).toMatchObject({ kind: "broken", problem: { kind: "changed", sequence: 1100 } });
});
