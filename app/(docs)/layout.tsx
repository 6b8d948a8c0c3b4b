import type { Metadata, Viewport } from "next";
import "#app/(docs)/docs.css";
import { currentTheme } from "#app/(dashboard)/screen.ts";

export const metadata: Metadata = { title: { default: "Shouyin API", template: "%s · Shouyin 收银" } };
export const viewport: Viewport = { width: "device-width", initialScale: 1 };
export const dynamic = "force-dynamic";

/** The document of the developers' reference: in English, as the wire is; nothing on it needs a script. */
export default async function DocsDocument({ children }: { children: React.ReactNode }) {
  const theme = await currentTheme();
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme}>
      <body>{children}</body>
    </html>
  );
}
