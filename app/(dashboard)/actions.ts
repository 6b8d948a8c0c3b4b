"use server";
import { redirect } from "next/navigation";
import { remember } from "#app/(dashboard)/remember.ts";
import { MERCHANT_COOKIE, THEME_COOKIE, THEMES } from "#app/(dashboard)/screen.ts";
import { currentUser, endSession, fromOwnPage, merchantsOf } from "#lib/auth.ts";
import { isLocale, LOCALE_COOKIE } from "#lib/i18n/locale.ts";

/** Signs this browser out and revokes its session. */
export async function signOut(): Promise<void> {
  if (!(await fromOwnPage())) return;
  await endSession();
  redirect("/sign-in?said=signed_out");
}

/** Remembers light, dark or the device's own wish in this browser. */
export async function chooseTheme(form: FormData): Promise<void> {
  const theme = THEMES.find((one) => one === form.get("theme"));
  if (theme && (await fromOwnPage())) await remember(THEME_COOKIE, theme);
}

/** Remembers a language in this browser. */
export async function chooseLanguage(form: FormData): Promise<void> {
  const locale = form.get("locale");
  if (isLocale(locale) && (await fromOwnPage())) await remember(LOCALE_COOKIE, locale);
}

/** Goes over to another merchant of this person. */
export async function chooseMerchant(form: FormData): Promise<void> {
  const user = await currentUser();
  if (!user || !(await fromOwnPage())) return;
  const merchant = (await merchantsOf(user)).find((one) => one.id === form.get("merchant"));
  if (merchant) await remember(MERCHANT_COOKIE, merchant.id);
  redirect("/dashboard");
}
