import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxWalletCodes } from "#db/schema/sandbox/codes.ts";
import type { Problem } from "#lib/dialects/backend.ts";
import type { Wallet } from "#lib/domain/methods.ts";
import { digits, digitsOf } from "#lib/sandbox/numbers.ts";

/** What the shopper behind a scanned code does: pays at once, is asked for a password, has no money, pays from Hong Kong. */
export type CodeBehaviour = "pays" | "asks" | "insufficient" | "hong_kong";
export const CODE_BEHAVIOURS: readonly CodeBehaviour[] = ["pays", "asks", "insufficient", "hong_kong"];
/** A wallet's code lives one minute. */
export const WALLET_CODE_SECONDS = 60;

/** The wallets that show codes to a merchant's scanner. */
export const CODE_WALLETS = ["wechat", "alipay", "qq"] as const;
export type CodeWallet = (typeof CODE_WALLETS)[number];

/** WeChat: 18 digits beginning 10–15. Alipay: 16–24 digits beginning 25–30. QQ: 18 digits beginning 91. */
const SHAPES = { wechat: /^1[0-5]\d{16}$/, alipay: /^(?:2[5-9]|30)\d{14,22}$/, qq: /^91\d{16}$/ } as const satisfies Record<
  CodeWallet,
  RegExp
>;
const ISSUED_BEGINNING = { wechat: "13", alipay: "28", qq: "91" } as const satisfies Record<CodeWallet, string>;

/**
 * Codes nobody was issued still work, so that tests need no wallet: any code of the right shape pays, and its last two
 * digits choose otherwise. `03` is a code that has expired.
 */
const ENDINGS: Readonly<Record<string, CodeBehaviour | "expired">> = {
  "01": "asks",
  "02": "insufficient",
  "03": "expired",
  "04": "hong_kong",
};

/** Issues a code for the merchant's scanner: shown by the wallet, good for one minute and one payment. The same one again under one `key`. */
export async function issueWalletCode(
  tx: Tx,
  wallet: CodeWallet,
  behaviour: CodeBehaviour,
  key: string | null = null,
): Promise<{ code: string; expiresAt: Date }> {
  const code = `${ISSUED_BEGINNING[wallet]}${key === null ? digits(16) : digitsOf(key, 16)}`;
  const [row] = await tx
    .insert(sandboxWalletCodes)
    .values({ code, wallet, behaviour, expiresAt: sql`now() + make_interval(secs => ${WALLET_CODE_SECONDS})` })
    .onConflictDoUpdate({ target: sandboxWalletCodes.code, set: { wallet } })
    .returning({ expiresAt: sandboxWalletCodes.expiresAt });
  if (!row) throw new Error("wallet code was not inserted");
  return { code, expiresAt: row.expiresAt };
}

/** What charging this code leads to. An issued code is taken: a second charge of it finds it expired. */
export async function takeWalletCode(
  tx: Tx,
  input: { wallet: Wallet; code: string; paymentNo: string },
): Promise<{ behaviour: CodeBehaviour } | { problem: Problem }> {
  const { wallet, code, paymentNo } = input;
  if (!isCodeWallet(wallet) || !SHAPES[wallet].test(code)) return { problem: "auth_code_invalid" };
  const [issued] = await tx.select({ wallet: sandboxWalletCodes.wallet }).from(sandboxWalletCodes).where(eq(sandboxWalletCodes.code, code));
  if (issued) {
    const [taken] = await tx
      .update(sandboxWalletCodes)
      .set({ usedFor: paymentNo })
      .where(and(eq(sandboxWalletCodes.code, code), isNull(sandboxWalletCodes.usedFor), sql`${sandboxWalletCodes.expiresAt} > now()`))
      .returning({ behaviour: sandboxWalletCodes.behaviour });
    return taken ?? { problem: "auth_code_expired" };
  }
  const ending = ENDINGS[code.slice(-2)] ?? "pays";
  return ending === "expired" ? { problem: "auth_code_expired" } : { behaviour: ending };
}

export function isCodeWallet(value: unknown): value is CodeWallet {
  return CODE_WALLETS.some((wallet) => wallet === value);
}
