import type { Database } from "#db/client.ts";

/** A row that was written: where, how, and as it was then. */
export interface Written {
  table: string;
  did: "INSERT" | "UPDATE" | "DELETE";
  row: Record<string, unknown>;
}

/** What an installation's database was told to write. */
export interface WriteLog {
  /** Everything since the last time, and forgets it. */
  take(): Promise<Written[]>;
}

/**
 * Has every table write down what is written to it, whoever does; for an installation of a test's own without workers. That a
 * session was seen is no writing (lib/auth.ts notes it once a minute).
 */
export async function logWrites(database: Database): Promise<WriteLog> {
  await database.$client.query(`
    create table test_writes (n bigint generated always as identity, "table" text, did text, "row" jsonb);
    create function test_note() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and tg_table_name = 'sessions' and to_jsonb(new) - 'last_seen_at' = to_jsonb(old) - 'last_seen_at' then
        return null;
      end if;
      insert into test_writes ("table", did, "row") values (tg_table_name, tg_op, to_jsonb(coalesce(new, old)));
      return null;
    end $$;
    do $$ declare t record; begin
      for t in select oid::regclass as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('test_writes', 'heartbeats')
      loop
        execute format('create trigger zz_test_note after insert or update or delete on %s for each row execute function test_note()', t.name);
      end loop;
    end $$;`);
  return {
    take: async () => {
      const text = `with gone as (delete from test_writes returning *) select "table", did, "row" from gone order by n`;
      return (await database.$client.query<Written>(text)).rows;
    },
  };
}
