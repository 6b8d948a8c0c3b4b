import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { sandboxLoginCodes } from "#db/schema/sandbox/codes.ts";
import { newToken } from "#lib/domain/ids.ts";
import { openidOf } from "#lib/sandbox/numbers.ts";

/** A login code lives five minutes (seeds/000 §4.4), as a code of WeChat's OAuth does. */
export const LOGIN_CODE_SECONDS = 300;

/** A login code of a shopper, as `wx.login()` or WeChat's OAuth would answer it. `holder`: the merchant or application it is for. */
export async function issueLoginCode(tx: Tx, holder: string, shopper: string): Promise<{ code: string; openid: string }> {
  const code = newToken();
  const openid = openidOf(shopper, holder);
  await tx
    .insert(sandboxLoginCodes)
    .values({ code, merchantNo: holder, openid, expiresAt: sql`now() + make_interval(secs => ${LOGIN_CODE_SECONDS})` });
  return { code, openid };
}

/** Exchanges a login code, once and in time; null otherwise or when it was issued for another holder. */
export async function takeLoginCode(tx: Tx, holder: string, code: string): Promise<string | null> {
  const [row] = await tx
    .update(sandboxLoginCodes)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(sandboxLoginCodes.code, code),
        eq(sandboxLoginCodes.merchantNo, holder),
        isNull(sandboxLoginCodes.usedAt),
        sql`${sandboxLoginCodes.expiresAt} > now()`,
      ),
    )
    .returning({ openid: sandboxLoginCodes.openid });
  return row?.openid ?? null;
}

/** Whether the holder's code was good once and has been exchanged: WeChat says so apart from a code that never was. */
export async function wasTaken(tx: Tx, holder: string, code: string): Promise<boolean> {
  const rows = await tx
    .select({ usedAt: sandboxLoginCodes.usedAt })
    .from(sandboxLoginCodes)
    .where(and(eq(sandboxLoginCodes.code, code), eq(sandboxLoginCodes.merchantNo, holder)));
  return rows.some((row) => row.usedAt !== null);
}
