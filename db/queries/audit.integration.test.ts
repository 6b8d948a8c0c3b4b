import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { ownActor } from "#lib/domain/audit.ts";

let world: TestDatabase;
beforeAll(async () => {
  world = await testDatabase();
});
afterAll(() => world.close());

const entry = (n: number) => ({
  actor: { kind: "user" as const, id: "usr_1", name: "Wang\u0000", ip: "192.0.2.1", userAgent: "x".repeat(400) },
  merchantId: "mer_1",
  action: "links.edit" as const,
  target: { kind: "link", id: `lnk_${n}` },
  detail: { amount: "12.50 CNY", half: "\ud83d", n },
});

test("rows appended at the same time follow one another without a gap, and a rolled back one leaves none", async () => {
  const append = (n: number, fail = false) =>
    inTransaction(world.database, async (tx) => {
      await appendAudit(tx, entry(n));
      if (fail) throw new Error("rolled back");
    }).catch(() => {});
  await Promise.all(Array.from({ length: 24 }, (_, n) => append(n, n % 4 === 3)));
  const { rows } = await world.database.$client.query(
    "select sequence::int, actor_name, length(user_agent) as cut from audit order by sequence",
  );
  expect(rows.map((row) => row.sequence)).toEqual(Array.from({ length: 18 }, (_, n) => n + 1));
  expect(rows[0]).toMatchObject({ actor_name: "Wang␀", cut: 300 });
});

test("no statement changes, deletes or empties the audit, or appends past its end", async () => {
  await inTransaction(world.database, (tx) => appendAudit(tx, { ...entry(0), actor: ownActor("system", "worker") }));
  const run = (text: string) => world.database.$client.query(text);
  for (const text of [
    "update audit set actor_name = 'x'",
    "delete from audit",
    "truncate audit",
    "update audit_heads set sequence = sequence - 1 where id = 1",
    "delete from audit_heads",
    "truncate audit_heads",
    "insert into audit select sequence + 2, at, actor_kind, actor_id, actor_name, merchant_id, action, target_kind, target_id, detail, ip, user_agent, key_id, marks, hash from audit order by sequence desc limit 1",
  ])
    await expect(run(text), text).rejects.toMatchObject({ code: "23001" });
});

test("is written last wherever it is called: who appends early and waits for a row holds up nobody, and two such do not lock each other out", async () => {
  const { database } = world;
  await database.$client.query("create table if not exists audited (id int primary key)");
  await database.$client.query("insert into audited values (1) on conflict do nothing");
  const row = "select id from audited where id = 1 for update";
  const holds = signal();
  const waits = signal();
  const holder = inTransaction(database, async (tx) => {
    await tx.$client.query(row);
    holds.give();
    await waits.given;
    await appendAudit(tx, entry(101));
  });
  await holds.given;
  const early = inTransaction(database, async (tx) => {
    await appendAudit(tx, entry(102));
    const asked = tx.$client.query(row);
    waits.give();
    await asked;
  });
  await Promise.all([holder, early]);
  const { rows } = await database.$client.query("select target_id from audit where target_id in ('lnk_101', 'lnk_102') order by sequence");
  expect(rows.map((one) => one.target_id)).toEqual(["lnk_101", "lnk_102"]);
});

test("several of one transaction follow one another as they were called for, and what is asked for outside one is refused", async () => {
  await inTransaction(world.database, async (tx) => {
    await appendAudit(tx, entry(111));
    await appendAudit(tx, entry(110));
    expect((await tx.$client.query("select 1 from audit where target_id = 'lnk_111'")).rows).toEqual([]);
  });
  const { rows } = await world.database.$client.query("select target_id from audit order by sequence desc limit 2");
  expect(rows.map((one) => one.target_id)).toEqual(["lnk_110", "lnk_111"]);
  await expect(appendAudit(world.database, entry(112))).rejects.toThrow("outside a transaction");
  const over = await inTransaction(world.database, async (tx) => tx);
  await expect(appendAudit(over, entry(113))).rejects.toThrow("outside a transaction");
});

function signal(): { given: Promise<void>; give: () => void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}
