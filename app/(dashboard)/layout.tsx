import type { Metadata, Viewport } from "next";
import "#app/(dashboard)/dashboard.css";
import { chooseLanguage, chooseMerchant, chooseTheme, signOut } from "#app/(dashboard)/actions.ts";
import { chosen, currentTheme } from "#app/(dashboard)/screen.ts";
import { Frame } from "#components/dashboard/frame.tsx";
import { WordsProvider } from "#components/ui/words.tsx";
import { currentLocale } from "#lib/action.ts";
import { currentUser, merchantsOf, type User } from "#lib/auth.ts";
import { translator } from "#lib/i18n/translator.ts";
import { log } from "#lib/log.ts";

export const metadata: Metadata = { title: { default: "Shouyin 收银", template: "%s · Shouyin 收银" }, robots: { index: false } };
export const viewport: Viewport = { width: "device-width", initialScale: 1 };
export const dynamic = "force-dynamic";

/** The document of every dashboard page. It draws the frame; whether somebody may see a page is decided in the page. */
export default async function DashboardDocument({ children }: { children: React.ReactNode }) {
  const user = await frameUser();
  const [locale, theme] = await Promise.all([currentLocale(), currentTheme()]);
  const t = translator(locale, "dashboard");
  const words = { title: t("error.title"), text: t.raw("error.text") as string, retry: t("error.retry"), home: t("forbidden.home") };
  return (
    <html lang={locale} data-theme={theme === "system" ? undefined : theme}>
      <body>
        <WordsProvider words={words}>{user ? await framed(user, children, { locale, theme, t }) : children}</WordsProvider>
      </body>
    </html>
  );
}

type Look = Pick<Parameters<typeof Frame>[0], "locale" | "theme" | "t">;

async function framed(user: User, children: React.ReactNode, look: Look) {
  const merchants = await merchantsOf(user);
  const merchant = await chosen(merchants);
  return (
    <Frame
      {...look}
      actions={{ chooseLanguage, chooseMerchant, chooseTheme, signOut }}
      user={user}
      merchants={merchants}
      merchant={merchant}
    >
      {children}
    </Frame>
  );
}

// Without a database the frame is left out, so that the page's own error screen (error.tsx) can still be drawn.
async function frameUser(): Promise<User | null> {
  try {
    const user = await currentUser();
    return user?.mustChangePassword || user?.mustEnrol ? null : user;
  } catch (error) {
    if (isNextsOwn(error)) throw error;
    log.error({ error: error instanceof Error ? error.message : "unknown" }, "dashboard frame");
    return null;
  }
}

function isNextsOwn(error: unknown): boolean {
  return typeof error === "object" && error !== null && "digest" in error;
}
