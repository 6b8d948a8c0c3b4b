import { headers } from "next/headers";
import { cache } from "react";
import { currentLocale, currentShopper } from "#lib/action.ts";
import { DESK_QUERY_HEADER } from "#lib/domain/desk.ts";
import type { Problem, Result } from "#lib/domain/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { log } from "#lib/log.ts";
import { type DeskView, readDesk } from "#lib/payments/desk.ts";
import { splitDeskQuery } from "./query.ts";

export interface DeskRead {
  /** The shop's own query, letter for letter, without what our redirect added. */
  query: string;
  /** What the action said, when it was not the address's fault. */
  told: Problem | null;
  result: Result<DeskView> | "broken";
}

/** The address of this request, judged once whoever asks (layout, metadata, page). Opens nothing. */
export const deskOfRequest = cache(async (): Promise<DeskRead> => {
  const [head, shopper] = await Promise.all([headers(), currentShopper()]);
  const { query, told } = splitDeskQuery(head.get(DESK_QUERY_HEADER) ?? "");
  try {
    return { query, told, result: await readDesk(query, shopper.browser) };
  } catch (error) {
    log.error({ error: String(error) }, "desk could not be read");
    return { query, told, result: "broken" };
  }
});

/** The shopper's language, the shop's when they have none. */
export async function localeOfDesk(): Promise<Locale> {
  const { result } = await deskOfRequest();
  return currentLocale(result !== "broken" && result.ok ? result.value.locale : null);
}
