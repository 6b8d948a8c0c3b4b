import { readHealth } from "#lib/health.ts";

export const dynamic = "force-dynamic";

/** 200 when the database answers, migrations are current and a worker's heartbeat is fresh; else 503 saying what is not. */
export async function GET(): Promise<Response> {
  const health = await readHealth();
  return Response.json(health, { status: health.ok ? 200 : 503, headers: { "cache-control": "no-store" } });
}
