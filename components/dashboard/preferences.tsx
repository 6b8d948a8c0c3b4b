import type { FrameProps } from "#components/dashboard/frame.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Icon } from "#components/ui/icon.tsx";
import { LOCALE_NAMES, LOCALES } from "#lib/i18n/locale.ts";

const CHOICE =
  "min-h-11 lg:min-h-9 cursor-pointer rounded-md px-2 text-xs text-ink-soft hover:bg-raised hover:text-ink aria-pressed:bg-raised aria-pressed:font-medium aria-pressed:text-ink";

/** Language, theme and the way out: plain forms, so they work before JavaScript does. */
export function Preferences(props: FrameProps) {
  return (
    <div className="grid gap-3 border-t border-line pt-4">
      <div className="flex items-center gap-2 px-2">
        <Who {...props} />
      </div>
      <Choices {...props} />
    </div>
  );
}

/** The same at the foot of the rail, folded away behind who is signed in; opens upwards over the rail. */
export function Account(props: FrameProps) {
  return (
    <details className="group/account relative">
      <summary className="flex min-h-12 list-none items-center gap-2 rounded-lg px-3 hover:bg-raised [&::-webkit-details-marker]:hidden">
        <Who {...props} />
        <Icon name="chevron" className="ml-auto size-4 -rotate-90 text-ink-soft group-open/account:rotate-90" />
      </summary>
      <div className="absolute inset-x-0 bottom-full z-20 mb-1 grid gap-3 rounded-card border border-line bg-surface p-2 shadow-card">
        <Choices {...props} />
      </div>
    </details>
  );
}

function Who({ user }: FrameProps) {
  return (
    <>
      <Icon name="person" className="size-5 text-ink-soft" />
      <div className="min-w-0 text-xs">
        <div className="truncate font-medium">{user.name}</div>
        <div className="truncate text-ink-soft">{user.email}</div>
      </div>
    </>
  );
}

function Choices({ t, locale, theme, actions }: FrameProps) {
  return (
    <>
      <form action={actions.chooseLanguage} aria-label={t("frame.language")} className="flex flex-wrap gap-0.5">
        {LOCALES.map((one) => (
          <button key={one} type="submit" name="locale" value={one} lang={one} aria-pressed={one === locale} className={CHOICE}>
            {LOCALE_NAMES[one]}
          </button>
        ))}
      </form>
      <form action={actions.chooseTheme} aria-label={t("frame.theme")} className="flex flex-wrap gap-0.5">
        {(["system", "light", "dark"] as const).map((one) => (
          <button key={one} type="submit" name="theme" value={one} aria-pressed={one === theme} className={CHOICE}>
            {t(`frame.${one}`)}
          </button>
        ))}
      </form>
      <div className="grid">
        <a href="/dashboard/security" className={`${BUTTON.quiet} justify-start`}>
          <Icon name="shield" className="size-4" />
          {t("frame.security")}
        </a>
        <form action={actions.signOut} className="grid">
          <button className={`${BUTTON.quiet} justify-start`} type="submit">
            <Icon name="out" className="size-4" />
            {t("frame.signOut")}
          </button>
        </form>
      </div>
    </>
  );
}

/** Which merchant's money is shown; drawn as a choice only for people who have several, its button once another is chosen. */
export function MerchantSwitch({ t, merchants, merchant, actions }: Pick<FrameProps, "t" | "merchants" | "merchant" | "actions">) {
  if (!merchant) return null;
  if (merchants.length === 1) return <p className="truncate px-3 text-sm font-medium">{merchant.name}</p>;
  return (
    <form action={actions.chooseMerchant} className="flex gap-1 px-1 has-[option[data-here]:checked]:[&>button]:hidden">
      <select
        name="merchant"
        defaultValue={merchant.id}
        aria-label={t("frame.merchant")}
        className="min-h-11 min-w-0 flex-1 truncate rounded-lg lg:min-h-9 border border-edge/50 bg-surface px-2 text-sm"
      >
        {merchants.map(({ id, name }) => (
          <option key={id} value={id} data-here={id === merchant.id || undefined}>
            {name}
          </option>
        ))}
      </select>
      <button type="submit" className={BUTTON.small}>
        {t("frame.switch")}
      </button>
    </form>
  );
}
