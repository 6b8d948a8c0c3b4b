import { cookies } from "next/headers";
import { isToken } from "#lib/domain/ids.ts";
import { ORDER_LIFETIME_SECONDS } from "#lib/domain/schedules.ts";
import { env } from "#lib/env.ts";

const NAME = "order";

/** Remembers, for this link's page alone, which order this browser opened: who comes back to a full link finds the way to it. */
export async function rememberOrder(slug: string, token: string): Promise<void> {
  const secure = env().PUBLIC_URL.startsWith("https:");
  (await cookies()).set(NAME, token, { path: `/l/${slug}`, maxAge: ORDER_LIFETIME_SECONDS, httpOnly: true, sameSite: "lax", secure });
}

/** The path of the order this browser opened here a while ago, or null. */
export async function ownOrder(): Promise<string | null> {
  const token = (await cookies()).get(NAME)?.value ?? "";
  return isToken(token) ? `/pay/${token}` : null;
}
