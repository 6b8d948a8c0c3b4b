import { readFileSync } from "node:fs";
import pg from "pg";
import type { Statement } from "./record.ts";

const holder = globalThis as { floorScript?: { pool: pg.Pool; transactions: Statement[][] } };

/**
 * Sends the statements that the product sent for request `index` (FLOOR_SCRIPT, one JSON list a line), on one connection,
 * and does nothing else: what a server costs that has no product in it. Same pool size, same prepared names.
 */
export async function replay(index: number): Promise<void> {
  const { pool, transactions } = script();
  const statements = transactions[index % transactions.length];
  if (!statements) throw new Error(`no statements for ${index}`);
  const client = await pool.connect();
  try {
    for (const { text, values, ...how } of statements) await client.query({ ...how, text }, values);
  } finally {
    client.release();
  }
}

function script(): { pool: pg.Pool; transactions: Statement[][] } {
  holder.floorScript ??= {
    pool: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.DATABASE_POOL || 12) }),
    transactions: readFileSync(/* turbopackIgnore: true */ process.env.FLOOR_SCRIPT ?? "", "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Statement[]),
  };
  return holder.floorScript;
}
