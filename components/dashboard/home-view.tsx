import { HomeAttention, type HomeAttentionProps } from "#components/dashboard/home-attention.tsx";
import { HomeDays } from "#components/dashboard/home-days.tsx";
import { type Figures, takingsOf } from "#components/dashboard/home-shape.ts";
import { HomeTakings } from "#components/dashboard/home-takings.tsx";
import { HomeWorked, type RatedAccount } from "#components/dashboard/home-worked.tsx";
import type { Reading } from "#components/dashboard/moment.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { formatClock, formatDay, formatMoment } from "#lib/i18n/format.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** What every part of the home screen draws with. */
export interface HomeLook {
  t: Translator<"overview">;
  d: Translator<"dashboard">;
  reading: Reading;
  now: Date;
  figures: Figures;
  /** The address of this screen with other choices. */
  address: (change: Partial<HomeChoice>) => string;
  choice: HomeChoice;
}

export interface HomeChoice {
  mode: "live" | "test";
  days: 1 | 7 | 30;
  /** The currency whose money is drawn; null: the busiest. */
  currency: string | null;
}

interface Props {
  look: HomeLook;
  modes: { live: boolean; test: boolean };
  accounts: readonly RatedAccount[];
  attention: Omit<HomeAttentionProps, "t" | "d" | "reading" | "now">;
}

/** Today's money against other days, what needs a person, then how it worked. One mode at a time, currencies apart. */
export function HomeView({ look, modes, accounts, attention }: Props) {
  const { t, d, reading, now, figures, choice } = look;
  const takings = takingsOf(figures);
  const shown = takings.find(({ currency }) => currency === choice.currency) ?? takings[0] ?? null;
  return (
    <>
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="text-xl font-semibold">{d("home.title")}</h1>
          <p className="text-sm text-ink-soft">
            {t("day", {
              day: formatDay(now, reading.locale, reading.timeZone),
              clock: formatClock(now, reading.locale, reading.timeZone),
              zone: reading.timeZone,
            })}
          </p>
        </div>
        {modes.live && modes.test ? <Modes look={look} /> : null}
      </header>
      {figures.until ? (
        <Notice kind="hint">{t("behind", { time: formatMoment(figures.until, reading.locale, reading.timeZone) })}</Notice>
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)]">
        <HomeTakings look={look} takings={takings} shown={shown} unready={accounts.length === 0 && attention.may("accounts")} />
        <HomeAttention {...attention} t={t} d={d} reading={reading} now={now} />
      </div>
      {shown ? <HomeDays look={look} currency={shown.currency} /> : null}
      <HomeWorked look={look} accounts={accounts} />
    </>
  );
}

function Modes({ look: { t, address, choice } }: { look: HomeLook }) {
  return (
    <Choices
      label={t("mode")}
      choices={(["live", "test"] as const).map((mode) => choiceOf(t(mode), address({ mode, currency: null }), mode === choice.mode))}
    />
  );
}

const choiceOf = (word: string, href: string, current: boolean) => ({ word, href, current });

/** Two or three ways to look at the same thing, as links. */
export function Choices({ label, choices }: { label: string; choices: { word: string; href: string; current: boolean }[] }) {
  return (
    <nav aria-label={label} className="inline-flex rounded-lg border border-line bg-surface p-0.5">
      {choices.map(({ word, href, current }) => (
        <a
          key={href}
          href={href}
          aria-current={current ? "true" : undefined}
          className="inline-flex min-h-11 items-center rounded-md px-3 text-sm text-ink-soft hover:text-ink aria-[current]:bg-jade-soft aria-[current]:font-medium aria-[current]:text-jade sm:min-h-9"
        >
          {word}
        </a>
      ))}
    </nav>
  );
}
