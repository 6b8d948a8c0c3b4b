import { text } from "drizzle-orm/pg-core";
import { instant } from "#db/schema/columns.ts";
import { sandbox } from "#db/schema/sandbox/schema.ts";

/** Codes a wallet shows the merchant's scanner; each lives one minute and pays once. Written by lib/sandbox/codes.ts. */
export const sandboxWalletCodes = sandbox.table("wallet_codes", {
  code: text("code").primaryKey(),
  wallet: text("wallet").$type<"wechat" | "alipay" | "qq">().notNull(),
  /** What the shopper does when charged. */
  behaviour: text("behaviour").$type<"pays" | "asks" | "insufficient" | "hong_kong">().notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  expiresAt: instant("expires_at").notNull(),
  usedFor: text("used_for"),
});

/** Login codes: five minutes, once (seeds/000 §4.4; WeChat's OAuth has the same rules). Written by lib/sandbox/codes.ts. */
export const sandboxLoginCodes = sandbox.table("login_codes", {
  code: text("code").primaryKey(),
  /** Whom the code was issued to: a merchant, or an application of WeChat's (wechat-apps.ts). */
  merchantNo: text("merchant_no").notNull(),
  openid: text("openid").notNull(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
});
