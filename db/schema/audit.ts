import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import type { AuditActorKind } from "#lib/domain/audit.ts";

/**
 * Who did what to what: a row for each privileged action, written in the transaction of the change by `appendAudit`
 * (db/queries/audit.ts) and by nothing else. The sequence has no gaps; each row's hash covers the row and the hash before
 * it (lib/domain/audit-chain.ts); triggers refuse changes, deletions and gaps. Read by /dashboard/audit, by the page of what
 * a row is about, and by `npm run audit:verify`.
 */
export const audit = pgTable(
  "audit",
  {
    sequence: bigint("sequence", { mode: "number" }).primaryKey(),
    at: instant("at").notNull(),
    actorKind: text("actor_kind").$type<AuditActorKind>().notNull(),
    /** The person's or the key's id; null for what has none. */
    actorId: text("actor_id"),
    /** As it was called then: people and keys may be renamed or leave. */
    actorName: text("actor_name").notNull(),
    /** Null: of the installation, or of a person alone. */
    merchantId: text("merchant_id"),
    action: text("action").notNull(),
    targetKind: text("target_kind"),
    targetId: text("target_id"),
    /** JSON with its keys in order, as text: the very bytes that were hashed. */
    detail: text("detail").notNull(),
    ip: text("ip").notNull(),
    userAgent: text("user_agent").notNull(),
    /** Which of the installation's keys made `marks` and `hash`. */
    keyId: text("key_id").notNull(),
    /** JSON: a short HMAC of each column alone, so that a verifier can name the column that was changed. */
    marks: text("marks").notNull(),
    hash: text("hash").notNull(),
  },
  (table) => [
    index("audit_merchant").on(table.merchantId, table.sequence),
    index("audit_actor").on(table.actorId, table.sequence),
    index("audit_target").on(table.targetId, table.sequence),
  ],
);

/**
 * The chain's end (`head`), moved by each append, whose row lock makes appends wait for each other; and how far the chain was
 * last found whole (`checked`). Each carries an HMAC of what it says.
 */
export const auditHeads = pgTable(
  "audit_heads",
  {
    id: smallint("id").primaryKey(),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    hash: text("hash").notNull(),
    at: instant("at").notNull().defaultNow(),
    /** What was wrong when last checked, as JSON; null when nothing was. Always null of the head. */
    problem: text("problem"),
    keyId: text("key_id").notNull().default(""),
    mac: text("mac").notNull().default(""),
  },
  (table) => [check("audit_heads_two", sql`${table.id} in (1, 2)`)],
);
