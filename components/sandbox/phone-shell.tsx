import type { ReactNode } from "react";
import { Mark } from "#components/sandbox/marks.tsx";
import { LanguageSwitch } from "#components/sandbox/shell.tsx";
import type { Wallet } from "#lib/domain/methods.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

export type Place = "wallet" | "sheet" | "cashier";

/** The shopper's phone: the whole screen on a phone, a drawn phone on a desktop, a bare sheet inside another frame. */
export function PhoneShell(props: {
  t: Translator<"sandbox">;
  locale: Locale;
  wallet: Wallet | null;
  title: string;
  here: string;
  place: Place;
  outcome?: string;
  closeHref?: string;
  children: ReactNode;
}) {
  const { t, locale, wallet, title, here, place, outcome, closeHref, children } = props;
  return (
    <div className="stage" data-in={place} data-wallet={wallet ?? "none"}>
      <div className="device">
        <header className="device-bar">
          {closeHref ? (
            <a href={closeHref} aria-label={t("wallet.close")} className="device-close">
              ×
            </a>
          ) : (
            <span />
          )}
          <h1>
            {wallet ? <Mark wallet={wallet} size={18} /> : null}
            {title}
          </h1>
          <span />
        </header>
        <main className="device-screen" data-outcome={outcome}>
          {children}
        </main>
      </div>
      {place === "sheet" ? null : <LanguageSwitch t={t} locale={locale} here={here} />}
    </div>
  );
}
