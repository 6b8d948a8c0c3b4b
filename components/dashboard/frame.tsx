import { Fragment } from "react";
import { Keyboard, KeyboardButton } from "#components/dashboard/keyboard.tsx";
import { keyboardProps } from "#components/dashboard/keyboard-words.ts";
import { Account, MerchantSwitch, Preferences } from "#components/dashboard/preferences.tsx";
import { BAR_SCREENS, SCREENS } from "#components/dashboard/screens.ts";
import { Icon } from "#components/ui/icon.tsx";
import { NavLink } from "#components/ui/nav-link.tsx";
import { allows, type Member } from "#lib/domain/permission.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

export interface FrameProps {
  locale: Locale;
  theme: "system" | "light" | "dark";
  t: Translator<"dashboard">;
  user: Member & { name: string; email: string };
  merchants: readonly { id: string; name: string }[];
  merchant: { id: string; name: string } | null;
  /** What the frame's little forms send to. */
  actions: Record<"chooseLanguage" | "chooseTheme" | "chooseMerchant", (form: FormData) => Promise<void>> & {
    signOut: () => Promise<void>;
  };
  children: React.ReactNode;
}

/** The rail beside every screen (220 px), or a bar below it on phones. Shows only what the person's role allows. */
export function Frame(props: FrameProps) {
  const { t, user, merchants, merchant, actions, children } = props;
  const screens = SCREENS.filter(({ needs }) =>
    needs === "platform" ? user.platformAdmin : merchant !== null && allows(user, merchant.id, needs),
  );
  const bar = screens.slice(0, BAR_SCREENS);
  const keyboard = keyboardProps(t, translator(props.locale, "keyboard"), screens);
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[220px_minmax(0,1fr)]">
      <Keyboard {...keyboard} />
      <a
        href="#content"
        className="sr-only z-30 rounded-lg bg-jade px-4 py-3 text-on-jade focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t("app.skip")}
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col gap-3 border-r border-line bg-surface px-3 pt-4 pb-3 lg:flex">
        <Brand name={t("app.name")} />
        <MerchantSwitch t={t} merchants={merchants} merchant={merchant} actions={actions} />
        <nav aria-label={t("nav.label")} className="-mx-1 grid min-h-0 flex-1 auto-rows-min gap-px overflow-y-auto p-1">
          <Rail t={t} screens={screens} />
        </nav>
        <div className="grid grid-cols-[minmax(0,1fr)] border-t border-line pt-2">
          <KeyboardButton word={keyboard.words.title} />
          <Account {...props} />
        </div>
      </aside>
      <header className="flex items-center justify-between gap-3 border-b border-line bg-surface px-4 py-2 lg:hidden">
        <Brand name={t("app.name")} />
        <span className="truncate text-sm text-ink-soft">{merchant?.name}</span>
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 px-4 pt-5 pb-24 outline-none sm:px-6 lg:px-8 lg:pb-12">
        <div className="mx-auto max-w-[1280px]">{children}</div>
      </main>
      <nav
        aria-label={t("nav.label")}
        className="fixed inset-x-0 bottom-0 z-20 grid auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
      >
        {bar.map(({ name, href, icon, exact }) => (
          <NavLink key={name} href={href} icon={icon} exact={exact} look="bar" opening={t("frame.opening", { screen: t(`nav.${name}`) })}>
            {t(`nav.${name}`)}
          </NavLink>
        ))}
        <details className="group" name="more">
          <summary className="flex min-h-14 list-none flex-col items-center justify-center gap-0.5 text-[11px] text-ink-soft [&::-webkit-details-marker]:hidden">
            <Icon name="more" />
            {t("nav.more")}
          </summary>
          <div className="absolute inset-x-0 bottom-full grid max-h-[75dvh] gap-4 overflow-y-auto border-t border-line bg-surface p-4 shadow-card">
            <MerchantSwitch t={t} merchants={merchants} merchant={merchant} actions={actions} />
            <div className="grid gap-0.5">
              <Rail t={t} screens={screens.slice(BAR_SCREENS)} />
            </div>
            <Preferences {...props} />
          </div>
        </details>
      </nav>
    </div>
  );
}

/** Screens under one another; a group that is set up rarely is parted from what is used all day. */
function Rail({ t, screens }: Pick<FrameProps, "t"> & { screens: readonly (typeof SCREENS)[number][] }) {
  return screens.map(({ name, href, icon, exact, group }, index) => (
    <Fragment key={name}>
      {group !== "money" && screens[index - 1]?.group !== group ? (
        <p className="px-3 pt-3 pb-1 text-xs text-ink-soft">{t(`nav.group_${group}`)}</p>
      ) : null}
      <NavLink href={href} icon={icon} exact={exact} look="rail" opening={t("frame.opening", { screen: t(`nav.${name}`) })}>
        {t(`nav.${name}`)}
      </NavLink>
    </Fragment>
  ));
}

function Brand({ name }: { name: string }) {
  return (
    <a
      href="/dashboard"
      className="-ml-3 flex min-h-11 items-center gap-2.5 rounded-lg px-3 text-base font-semibold whitespace-nowrap lg:ml-0"
    >
      <svg viewBox="0 0 24 24" className="size-6 text-jade" aria-hidden="true">
        <rect x="2" y="2" width="20" height="20" rx="6" fill="currentColor" />
        <path d="M7 9.5h10M7 13h10M12 6v12" stroke="var(--color-on-jade)" strokeWidth="1.8" strokeLinecap="round" />
      </svg>
      {name}
    </a>
  );
}
