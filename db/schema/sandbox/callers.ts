import { primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { sandbox } from "#db/schema/sandbox/schema.ts";

/** Who holds an account at a simulated gateway. Written by lib/sandbox/provision.ts; keys are sealed with `sandbox.callers.<column>`. */
export const sandboxCallers = sandbox.table(
  "callers",
  {
    gateway: text("gateway").notNull(),
    callerNo: text("caller_no").notNull(),
    callerPublicKey: text("caller_public_key"),
    /** Sealed. Kept only so that provisioning again answers the same credentials. */
    callerPrivateKey: text("caller_private_key"),
    gatewayPublicKey: text("gateway_public_key"),
    /** Sealed. Signs notifications. */
    gatewayPrivateKey: text("gateway_private_key"),
    /** Sealed. For gateways that sign with a shared secret. */
    secret: text("secret"),
    /** The caller's application, where a gateway wants both (seeds/003 `appId`). */
    appId: text("app_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.gateway, table.callerNo] })],
);
