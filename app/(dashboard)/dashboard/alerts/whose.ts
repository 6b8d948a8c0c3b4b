import { openPlatformScreen, openScreen } from "#app/(dashboard)/screen.ts";
import type { User } from "#lib/auth.ts";
import { can } from "#lib/auth.ts";
import type { Permission } from "#lib/domain/permission.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

export const HERE = "/dashboard/alerts";

/** Whose alerts a page is about, for somebody who may see them. */
export interface Whose {
  kind: "ok";
  user: User;
  locale: Locale;
  t: Translator<"alerts">;
  common: Translator<"dashboard">;
  /** Null: the installation's own. */
  merchantId: string | null;
  timeZone: string;
  /** What alerts are told in unless a channel says otherwise. */
  language: Locale;
  mayEdit: boolean;
  /** `?of=installation`, or nothing: keeps pages and forms with the same owner. */
  query: string;
}

export type Refused = { kind: "refused"; platform: boolean; common: Translator<"dashboard">; merchant: { name: string } | null };

/** Opens an alerts page: of the chosen merchant, or, with `of=installation`, of the installation (platform admins alone). */
export async function openAlerts(path: string, of: string | undefined, needs: Permission): Promise<Whose | Refused> {
  if (of === "installation") {
    const screen = await openPlatformScreen(`${path}?of=installation`);
    const { t: common, locale, user, merchant } = screen;
    if (screen.kind !== "ok") return { kind: "refused", platform: true, common, merchant };
    const base = { user, locale, common, t: translator(locale, "alerts"), timeZone: merchant?.timeZone ?? "UTC", language: locale };
    return { kind: "ok", ...base, merchantId: null, mayEdit: true, query: "?of=installation" };
  }
  const screen = await openScreen(path, needs);
  const { t: common, locale, user, merchant } = screen;
  if (screen.kind !== "ok") return { kind: "refused", platform: false, common, merchant };
  const { id, timeZone } = screen.merchant;
  const mayEdit = can(user, id, "edit_alerts");
  return {
    kind: "ok",
    user,
    locale,
    common,
    t: translator(locale, "alerts"),
    merchantId: id,
    timeZone,
    language: locale,
    mayEdit,
    query: "",
  };
}

/** What forms carry so that the action knows whose channel it is. */
export function ownerFields({ merchantId }: Whose): Record<string, string> {
  return merchantId === null ? { of: "installation" } : { merchant: merchantId };
}
