import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { MerchantRow } from "#db/queries/dashboard-merchants.ts";
import { currentLocale } from "#lib/action.ts";
import { can, merchantsOf, requireUser, type User } from "#lib/auth.ts";
import type { Permission } from "#lib/domain/permission.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

export const MERCHANT_COOKIE = "merchant";
export const THEME_COOKIE = "theme";
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

interface Base {
  user: User;
  merchants: MerchantRow[];
  locale: Locale;
  t: Translator<"dashboard">;
}

/** What a screen of one merchant has in hand. `forbidden` and `none` have a page of their own (components/dashboard/refusal.tsx). */
export type Screen =
  | (Base & { kind: "ok"; merchant: MerchantRow })
  | (Base & { kind: "forbidden"; merchant: MerchantRow })
  | (Base & { kind: "none"; merchant: null });

/**
 * Opens a screen at `path` for whoever may do `permission` in the merchant they chose: `wanted` from the address when it is
 * one of theirs, else the switcher's choice, else their first. Signed-out people are sent to sign in.
 */
export async function openScreen(path: string, permission: Permission, wanted?: string): Promise<Screen> {
  const user = await requireUser(path);
  const [merchants, locale] = await Promise.all([merchantsOf(user), currentLocale()]);
  const base = { user, merchants, locale, t: translator(locale, "dashboard") };
  const merchant = await chosen(merchants, wanted);
  if (!merchant) return { ...base, kind: "none", merchant: null };
  return { ...base, kind: can(user, merchant.id, permission) ? "ok" : "forbidden", merchant };
}

/** What a screen of the whole installation has in hand; `merchant` is only the one the frame shows. */
export type PlatformScreen = Base & { kind: "ok" | "forbidden"; merchant: MerchantRow | null };

/** Opens a screen at `path` that is for platform admins alone. */
export async function openPlatformScreen(path: string): Promise<PlatformScreen> {
  const user = await requireUser(path);
  const [merchants, locale] = await Promise.all([merchantsOf(user), currentLocale()]);
  const base = { user, merchants, locale, t: translator(locale, "dashboard") };
  return { ...base, kind: user.platformAdmin ? "ok" : "forbidden", merchant: await chosen(merchants) };
}

/** The merchant whose screens are shown, or null for a person without any. */
export async function chosen(merchants: readonly MerchantRow[], wanted?: string): Promise<MerchantRow | null> {
  const kept = (await cookies()).get(MERCHANT_COOKIE)?.value;
  const byId = (id: string | undefined) => merchants.find((one) => one.id === id);
  return byId(wanted) ?? byId(kept) ?? merchants[0] ?? null;
}

/** A screen's title in the reader's language, for `generateMetadata`. */
export async function screenTitle(
  key:
    | "home.title"
    | "orders.title"
    | "orders.order"
    | "refund.title"
    | "inbox.title"
    | "deliveries.title"
    | "links.title"
    | "accounts.title"
    | "counter.title"
    | "payouts.title"
    | "payouts.newTitle"
    | "payouts.one"
    | "signIn.title"
    | "password.title",
): Promise<Metadata> {
  return { title: translator(await currentLocale(), "dashboard")(key) };
}

/** The theme somebody chose in this browser; `system` follows the device. */
export async function currentTheme(): Promise<Theme> {
  const kept = (await cookies()).get(THEME_COOKIE)?.value;
  return THEMES.find((theme) => theme === kept) ?? "system";
}
