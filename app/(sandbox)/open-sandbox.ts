import { cookies, headers } from "next/headers";
import { notFound } from "next/navigation";
import { type Database, db } from "#db/client.ts";
import { env, sandboxOn } from "#lib/env.ts";
import { LOCALE_COOKIE, type Locale, localeOf } from "#lib/i18n/locale.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

export interface Sandbox {
  database: Database;
  locale: Locale;
  t: Translator<"sandbox">;
  origin: string;
}

/** What every sandbox page begins with: 404 unless the sandbox is on, then the database and the reader's language. */
export async function openSandbox(): Promise<Sandbox> {
  const locale = await sandboxLocale();
  if (!sandboxOn()) notFound();
  return { database: db(), locale, t: translator(locale, "sandbox"), origin: env().PUBLIC_URL };
}

export async function sandboxLocale(): Promise<Locale> {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  return localeOf({ cookie: jar.get(LOCALE_COOKIE)?.value, acceptLanguage: sent.get("accept-language") });
}

/** One value of a page's query, or "". */
export function queryText(query: Record<string, string | string[] | undefined>, name: string): string {
  const value = query[name];
  return typeof value === "string" ? value.slice(0, 2000) : "";
}

export type PageProps<P = object> = { params: Promise<P>; searchParams: Promise<Record<string, string | string[] | undefined>> };
