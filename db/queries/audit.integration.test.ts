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
