import { sql } from "drizzle-orm";
import { check, customType, index, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { merchants } from "#db/schema/merchants.ts";
import type { LogoType } from "#lib/domain/logo.ts";

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * Logos of merchants, served by app/api/logos/[id] to whoever asks: a shop's face is no secret. A row never changes, another logo is
 * another row, so that caches may keep it for ever; the merchant's `brand.logoUrl` says which one is shown.
 */
export const merchantLogos = pgTable(
  "merchant_logos",
  {
    id: text("id").primaryKey(),
    merchantId: text("merchant_id")
      .notNull()
      .references(() => merchants.id),
    /** What the bytes themselves say they are (lib/domain/logo.ts), never what the browser said. */
    type: text("type").$type<LogoType>().notNull(),
    bytes: bytes("bytes").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    index("merchant_logos_merchant").on(table.merchantId),
    check("merchant_logos_type", sql`${table.type} in ('image/png','image/jpeg','image/webp')`),
    check("merchant_logos_size", sql`octet_length(${table.bytes}) between 1 and 262144`),
  ],
);
