import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inTransaction } from "#db/client.ts";
import { listFailedJobs, readBacklog, readQueues } from "#db/queries/system.ts";
import { handleFailedJob } from "#lib/jobs/failed-jobs.ts";
import { boss, QUEUES, sendJob } from "#lib/jobs/queues.ts";
import { testWorld, type World } from "#lib/payments/testing.ts";
import { readSystem } from "#lib/system.ts";

let world: World;
const names = Object.keys(QUEUES);
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(() => world.database.execute(sql`delete from pgboss.job`));

/** A job the queue has given up. */
async function failed(attemptId: string): Promise<string> {
  await sendJob(world.database, "recheck", { attemptId });
  const [job] = await boss().fetch("recheck");
  const id = job?.id ?? "";
  await world.database.execute(sql`update pgboss.job set state = 'failed', completed_on = now() where id = ${id}`);
  return id;
}
const queue = async (name: string) => (await readQueues(world.database, names)).find((one) => one.queue === name);
const handle = (step: "retry" | "discard", name: string, id: string) =>
  inTransaction(world.database, (tx) => handleFailedJob(tx, step, name, id));

describe("job queues", () => {
  it("say what waits, what runs and what was given up, and for how long the oldest has waited", async () => {
    await failed("att_1");
    await sendJob(world.database, "recheck", { attemptId: "att_2" });
    await boss().fetch("recheck");
    await sendJob(world.database, "recheck", { attemptId: "att_3" });
    await sendJob(world.database, "recheck", { attemptId: "att_4" });
    await world.database.execute(sql`update pgboss.job set start_after = now() + interval '1 hour' where data ->> 'attemptId' = 'att_4'`);
    await world.database.execute(
      sql`update pgboss.job set created_on = now() - interval '90 seconds', start_after = now() - interval '90 seconds' where data ->> 'attemptId' = 'att_3'`,
    );
    expect(await queue("recheck")).toEqual({ queue: "recheck", waiting: 1, later: 1, active: 1, failed: 1, oldestSeconds: 90 });
    expect(await queue("refund")).toEqual({ queue: "refund", waiting: 0, later: 0, active: 0, failed: 0, oldestSeconds: null });
  });

  it("a failed job can be taken up again or thrown away, once, and no other job can", async () => {
    const [again, away] = [await failed("att_1"), await failed("att_2")];
    expect((await listFailedJobs(world.database, names, 10)).map((job) => job.id)).toEqual([away, again]);
    expect(await handle("retry", "recheck", again)).toBe(true);
    expect(await handle("retry", "recheck", again)).toBe(false);
    expect(await handle("discard", "recheck", again)).toBe(false);
    expect(await handle("discard", "refund", away)).toBe(false);
    expect(await handle("discard", "no such queue", away)).toBe(false);
    expect(await handle("discard", "recheck", "x' or true --")).toBe(false);
    expect(await handle("discard", "recheck", away)).toBe(true);
    expect(await listFailedJobs(world.database, names, 10)).toEqual([]);
    expect(await queue("recheck")).toMatchObject({ waiting: 1, failed: 0 });
  });

  it("a step whose transaction fails has not happened", async () => {
    const id = await failed("att_1");
    const broken = inTransaction(world.database, async (tx) => {
      await handleFailedJob(tx, "discard", "recheck", id);
      throw new Error("the audit could not be written");
    });
    await expect(broken).rejects.toThrow("the audit");
    expect((await listFailedJobs(world.database, names, 10)).map((job) => job.id)).toEqual([id]);
  });
});

describe("the installation", () => {
  it("counts what is due by the rows' own clocks", async () => {
    const { id } = await world.openOrder();
    expect(await readBacklog(world.database)).toMatchObject({ unknown: 0, expiries: 0, deliveries: 0 });
    await world.timeOut(id);
    expect(await readBacklog(world.database)).toMatchObject({ expiries: 1 });
  });

  it("says what it runs on and whether its clock is the database's", async () => {
    const facts = await readSystem(world.database);
    expect(facts.migrations.pending).toBe(false);
    expect(facts.versions.node).toBe(process.versions.node);
    expect(facts.versions.next).toMatch(/^\d+\.\d+/);
    expect(facts.database.version).toMatch(/^\d+/);
    expect(Math.abs(facts.clock.aheadMs)).toBeLessThanOrEqual(facts.clock.withinMs + 1);
    expect(facts.disk?.freeBytes).toBeGreaterThan(0n);
  });
});
