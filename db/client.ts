import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";

type Drizzle = NodePgDatabase<Record<string, never>>;
/** The pool: reads and single statements. */
export type Database = Drizzle & { $client: pg.Pool };
/** A transaction, or the database itself where one statement is enough. First argument of every query. */
export type Tx = Drizzle & { $client: pg.Pool | pg.PoolClient };

// One pool per process, kept on globalThis because Next bundles this module more than once.
const holder = globalThis as { shouyinDatabase?: Database };
const wrapped = new WeakMap<pg.PoolClient, Tx>();
/** What each open transaction still does before it commits (`atCommit`). */
const closing = new WeakMap<Tx, (() => Promise<void>)[]>();

/** The process's database. Connections give up after 3 s, statements after 5 s, locks after 3 s (reliability.md 1). */
export function db(): Database {
  holder.shouyinDatabase ??= open(env().DATABASE_URL, env().DATABASE_POOL);
  return holder.shouyinDatabase;
}

/** Makes `database` the one `db()` answers: tests. */
export function useDatabase(database: Database): void {
  holder.shouyinDatabase = database;
}

/** Opens a pool of its own: tests and scripts. Close it with `close`. */
export function open(url: string, max: number): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 3000,
    statement_timeout: 5000,
    lock_timeout: 3000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    application_name: "shouyin",
  });
  // Without these two listeners a lost database ends the process (stack.md, pg).
  pool.on("error", (error) => log.warn({ error: error.message }, "database connection lost"));
  pool.on("connect", (client) => client.on("error", () => {}));
  return drizzle({ client: pool }) as Database;
}

export async function close(database: Database): Promise<void> {
  await database.$client.end();
}

/**
 * Runs `work` in one READ COMMITTED transaction on one connection and commits; rolls back and rethrows when it throws.
 * Never call the network inside. A connection that cannot roll back is thrown away.
 */
export async function inTransaction<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await database.$client.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const tx = onClient(client);
    const last: (() => Promise<void>)[] = [];
    closing.set(tx, last);
    const result = await work(tx);
    // What one of these asks for comes after all of them.
    for (const one of last) await one();
    closing.delete(tx);
    await client.query("commit");
    return result;
  } catch (error) {
    closing.delete(onClient(client));
    await client.query("rollback").catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Does `work` as the very last thing of the transaction, after all else its caller does in it and right before it commits, in the
 * order in which it was asked for: for a lock that everybody wants and nobody may hold while waiting for another. What it throws
 * rolls all back. Throws where no transaction of `inTransaction` is open.
 */
export function atCommit(tx: Tx, work: () => Promise<void>): void {
  const last = closing.get(tx);
  if (!last) throw new Error("atCommit outside a transaction of inTransaction");
  last.push(work);
}

/**
 * Runs a prepared statement: PostgreSQL parses and plans it once per connection, which on hot paths is most of its cost
 * (stack.md, drizzle). `name` must belong to this `text` alone. Rows are keyed by column name, values as pg reads them.
 */
export async function prepared<Row extends pg.QueryResultRow>(tx: Tx, name: string, text: string, values: unknown[]): Promise<Row[]> {
  const result = await tx.$client.query<Row>({ name, text, values });
  return result.rows;
}

function onClient(client: pg.PoolClient): Tx {
  let tx = wrapped.get(client);
  if (!tx) {
    tx = drizzle({ client }) as unknown as Tx;
    wrapped.set(client, tx);
  }
  return tx;
}
