import { pgSchema } from "drizzle-orm/pg-core";

/** The sandbox is another company (design.md): its ledger has a schema of its own, which no product query reads. */
export const sandbox = pgSchema("sandbox");
