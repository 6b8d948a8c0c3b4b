import { cookies } from "next/headers";
import { env } from "#lib/env.ts";

const YEAR_SECONDS = 31_536_000;

/** Keeps somebody's choice in this browser for a year: language, theme, merchant. Actions and route handlers only. */
export async function remember(name: string, value: string): Promise<void> {
  const secure = env().PUBLIC_URL.startsWith("https:");
  (await cookies()).set(name, value, { path: "/", maxAge: YEAR_SECONDS, sameSite: "lax", secure });
}
