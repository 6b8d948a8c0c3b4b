import type { Database } from "#db/client.ts";
import { auditStanding, checkAudit } from "#lib/audit/standing.ts";
import { log } from "#lib/log.ts";

/** How often the whole chain is walked; in between only what is new. */
const ALL_MS = 6 * 3_600_000;

/** The clockwork's check of the audit: what is new at each call, everything every six hours. A broken chain is only walked then. */
export function auditWatch(database: Database, clock: () => number = Date.now): () => Promise<void> {
  let allAt = clock() + ALL_MS;
  return async () => {
    const all = clock() >= allAt;
    if (all) allAt = clock() + ALL_MS;
    if (!all && (await auditStanding(database)).kind === "broken") return;
    const found = await checkAudit(database, all ? "all" : "new");
    if (found && !found.ok) log.error({ problem: found.problem }, "the audit is not whole: npm run audit:verify");
  };
}
