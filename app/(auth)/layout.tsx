import type { Metadata, Viewport } from "next";
import "#app/(dashboard)/dashboard.css";
import { chooseLanguage } from "#app/(dashboard)/actions.ts";
import { currentTheme } from "#app/(dashboard)/screen.ts";
import { currentLocale } from "#lib/action.ts";
import { LOCALE_NAMES, LOCALES } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

export const metadata: Metadata = { title: { default: "Shouyin 收银", template: "%s · Shouyin 收银" }, robots: { index: false } };
export const viewport: Viewport = { width: "device-width", initialScale: 1 };
export const dynamic = "force-dynamic";

/** The document of the pages before the dashboard: one card on paper. */
export default async function AuthDocument({ children }: { children: React.ReactNode }) {
  const [locale, theme] = await Promise.all([currentLocale(), currentTheme()]);
  const t = translator(locale, "dashboard");
  return (
    <html lang={locale} data-theme={theme === "system" ? undefined : theme}>
      <body className="grid min-h-dvh grid-rows-[1fr_auto]">
        <main className="grid content-center justify-items-center px-4 py-10">
          <div className="grid w-full max-w-[400px] gap-6 rounded-checkout border border-line bg-surface p-6 shadow-card sm:p-8">
            <div className="flex items-center gap-3 text-lg font-semibold">
              <svg viewBox="0 0 24 24" className="size-8 text-jade" aria-hidden="true">
                <rect x="2" y="2" width="20" height="20" rx="6" fill="currentColor" />
                <path d="M7 9.5h10M7 13h10M12 6v12" stroke="var(--color-on-jade)" strokeWidth="1.8" strokeLinecap="round" />
              </svg>
              {t("app.name")}
            </div>
            {children}
          </div>
        </main>
        <footer className="flex justify-center pb-6">
          <form action={chooseLanguage} aria-label={t("frame.language")} className="flex gap-1">
            {LOCALES.map((one) => (
              <button
                key={one}
                type="submit"
                name="locale"
                value={one}
                lang={one}
                aria-pressed={one === locale}
                className="min-h-11 cursor-pointer rounded-lg px-3 text-sm text-ink-soft hover:bg-raised aria-pressed:font-medium aria-pressed:text-ink"
              >
                {LOCALE_NAMES[one]}
              </button>
            ))}
          </form>
        </footer>
      </body>
    </html>
  );
}
