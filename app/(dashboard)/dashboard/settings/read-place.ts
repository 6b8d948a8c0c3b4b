import { db } from "#db/client.ts";
import { knowsZone } from "#db/queries/merchant-settings.ts";
import { isTimeZone } from "#lib/domain/time-zones.ts";
import { isLocale, type Locale } from "#lib/i18n/locale.ts";

/** A language and a zone that we and the database know; null when the zone is none. A language we do not have is English. */
export async function placeOf(typed: { locale: string; timeZone: string }): Promise<{ locale: Locale; timeZone: string } | null> {
  if (!isTimeZone(typed.timeZone) || !(await knowsZone(db(), typed.timeZone))) return null;
  return { locale: isLocale(typed.locale) ? typed.locale : "en", timeZone: typed.timeZone };
}
