import type { Database } from "#db/client.ts";

/** An audit row as tests compare it. */
export interface AuditRow {
  actor: { kind: string; id: string | null; name: string };
  merchant: string | null;
  action: string;
  target: { kind: string; id: string } | null;
  detail: Record<string, unknown>;
}

/** What was appended to the audit while something was done, oldest first. Never used by the product. */
export async function auditedBy<T>(database: Database, work: () => Promise<T>): Promise<{ rows: AuditRow[]; value: T }> {
  const { rows: head } = await database.$client.query<{ sequence: string }>("select sequence from audit_heads where id = 1");
  const value = await work();
  const { rows } = await database.$client.query<{ row: AuditRow }>(
    `select jsonb_build_object('actor', jsonb_build_object('kind', actor_kind, 'id', actor_id, 'name', actor_name), 'merchant', merchant_id,
       'action', action, 'target', case when target_kind is not null then jsonb_build_object('kind', target_kind, 'id', target_id) end,
       'detail', detail::jsonb) as row from audit where sequence > $1 order by sequence`,
    [head[0]?.sequence],
  );
  return { rows: rows.map(({ row }) => row), value };
}
