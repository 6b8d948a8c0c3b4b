import { index, integer, text, unique } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { sandboxPayments } from "#db/schema/sandbox/payments.ts";
import { sandbox } from "#db/schema/sandbox/schema.ts";

/** Customs declarations (seeds/000 §9), one row per payment, sub-order and customs code. Written by lib/sandbox/declarations.ts. */
export const sandboxDeclarations = sandbox.table(
  "declarations",
  {
    id: text("id").primaryKey(),
    wallet: text("wallet").$type<"wechat" | "alipay">().notNull(),
    paymentNo: text("payment_no")
      .notNull()
      .references(() => sandboxPayments.no),
    customs: text("customs").notNull(),
    /** Place in the list the caller sent: `HENAN,ZONGSHU` are two declarations in order (protocols.md §1). */
    position: integer("position").notNull(),
    /** Empty text where the order is not split, so that the constraint sees it. */
    subOrderNo: text("sub_order_no").notNull().default(""),
    merchantCustomsNo: text("merchant_customs_no").notNull(),
    merchantCustomsName: text("merchant_customs_name"),
    action: text("action").$type<"ADD" | "MODIFY">().notNull(),
    dutyFen: text("duty_fen"),
    subOrderAmount: text("sub_order_amount"),
    transportAmount: text("transport_amount"),
    productAmount: text("product_amount"),
    /** Only whether the identity matched is kept, never the identity card itself. */
    certCheck: text("cert_check").$type<"UNCHECKED" | "SAME" | "DIFFERENT">().notNull(),
    state: text("state").$type<"UNDECLARED" | "SUBMITTED" | "PROCESSING" | "SUCCESS" | "FAIL" | "EXCEPT">().notNull(),
    explanation: text("explanation"),
    modifiedAt: instant("modified_at").notNull().defaultNow(),
  },
  (table) => [
    unique("declarations_once").on(table.wallet, table.paymentNo, table.customs, table.subOrderNo),
    index("declarations_sub_order").on(table.subOrderNo),
  ],
);
