import type { ReactNode } from "react";
import { LOCALE_NAMES, LOCALES, type Locale } from "#lib/i18n/locale.ts";
import type { Translator } from "#lib/i18n/translator.ts";

const LINKS = [
  ["console", "/sandbox"],
  ["wallet", "/sandbox/wallet"],
  ["wechat", "/sandbox/wechat"],
  ["alipay", "/sandbox/alipay"],
  ["shop", "/sandbox/shop"],
] as const;

/** The frame of the console and the demo shop: name, places, language, content. */
export function Shell(props: {
  t: Translator<"sandbox">;
  locale: Locale;
  here: string;
  title: string;
  lead?: string;
  children: ReactNode;
}) {
  const { t, locale, here, title, lead, children } = props;
  return (
    <div className="shell">
      <header className="shell-head">
        <a className="brand" href="/sandbox">
          <span aria-hidden="true" className="brand-mark" />
          {t("name")}
        </a>
        <nav aria-label={t("name")}>
          {LINKS.map(([name, href]) => (
            <a key={name} href={href} aria-current={here === href ? "page" : undefined}>
              {t(`nav.${name}`)}
            </a>
          ))}
        </nav>
        <LanguageSwitch t={t} locale={locale} here={here} />
      </header>
      <main className="shell-main">
        <h1>{title}</h1>
        {lead ? <p className="lead">{lead}</p> : null}
        {children}
      </main>
    </div>
  );
}

/** Three buttons, one form; works without JavaScript. */
export function LanguageSwitch({ t, locale, here }: { t: Translator<"sandbox">; locale: Locale; here: string }) {
  return (
    <form className="languages" method="post" action="/sandbox/act" aria-label={t("nav.language")}>
      <input type="hidden" name="do" value="language" />
      <input type="hidden" name="back" value={here} />
      {LOCALES.map((one) => (
        <button key={one} type="submit" name="lang" value={one} lang={one} aria-pressed={one === locale}>
          {LOCALE_NAMES[one]}
        </button>
      ))}
    </form>
  );
}

/** A small form with one button. */
export function ActButton(props: { verb: string; fields: Record<string, string>; label: string; kind?: "plain" | "strong" | "danger" }) {
  return (
    <form method="post" action="/sandbox/act" className="act">
      {Object.entries(props.fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" name="do" value={props.verb} className={`button button-${props.kind ?? "plain"}`}>
        {props.label}
      </button>
    </form>
  );
}

type State = "INIT" | "PAID" | "FAIL" | "EXPIRED" | "CLOSED" | "CREATED" | "PROCESSING";

/** The state of a payment or a payout: a dot and a word. */
export function StateBadge({ t, state }: { t: Translator<"sandbox">; state: State }) {
  return (
    <span className={`badge badge-${state.toLowerCase()}`}>
      <i aria-hidden="true" />
      {t(`state.${state}`)}
    </span>
  );
}
