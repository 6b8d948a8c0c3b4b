import type { Reading } from "#components/dashboard/moment.tsx";
import { TimeSlider } from "#components/dashboard/time-slider.tsx";
import { BUTTON } from "#components/ui/button.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { formatMoment } from "#lib/i18n/format.ts";
import type { Translator } from "#lib/i18n/translator.ts";

interface Props {
  words: Translator<"order">;
  /** The page's own address, without a query. */
  here: string;
  /** When something happened, oldest first. */
  instants: readonly Date[];
  /** The instant that is shown; null: now. */
  at: Date | null;
  /** Events of the history that do not fit. */
  strange: readonly number[];
  reading: Reading;
}

/** The newest instants a slider has: more would be one nobody can hit and a page nobody wants to load. */
export const INSTANTS_MAX = 400;

/** The slider over an order's history: a range for the hand and the keyboard, and plain links, which work without JavaScript. */
export function OrderThen({ words, here, instants, at, strange, reading }: Props) {
  if (instants.length < 2) return null;
  const step =
    at === null
      ? instants.length
      : Math.max(
          0,
          instants.findLastIndex((one) => one <= at),
        );
  const hrefAt = (index: number) => (index >= instants.length ? here : `${here}?at=${instants[Math.max(0, index)]?.toISOString()}`);
  return (
    <section
      aria-labelledby="then"
      className="grid grid-cols-[minmax(0,1fr)] items-center gap-x-6 gap-y-1 rounded-card border border-line bg-surface px-4 py-3 md:grid-cols-[minmax(0,1fr)_auto]"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 md:col-span-2">
        <h2 id="then" className="font-semibold">
          {words("then.title")}
        </h2>
        <p className="text-xs text-ink-soft">{words("then.lead")}</p>
      </div>
      <TimeSlider
        key={step}
        here={here}
        step={step}
        times={instants.map((one) => one.toISOString())}
        labels={[...instants.map((one) => formatMoment(one, reading.locale, reading.timeZone)), words("then.now")]}
        words={{ slider: words("then.slider"), show: words("then.show") }}
      />
      <nav aria-label={words("then.slider")} className="flex flex-wrap items-center gap-2">
        {step > 0 ? (
          <a href={`${hrefAt(step - 1)}#then`} className={BUTTON.small}>
            <Icon name="back" className="size-4" />
            {words("then.earlier")}
          </a>
        ) : null}
        {step < instants.length ? (
          <a href={`${hrefAt(step + 1)}#then`} className={BUTTON.small}>
            {words("then.later")}
            <Icon name="chevron" className="size-4" />
          </a>
        ) : null}
        <span className="text-xs text-ink-soft tabular-nums">{words("then.steps", { n: step + 1, all: instants.length + 1 })}</span>
      </nav>
      {at ? (
        <div className="md:col-span-2">
          <Notice kind="hint">
            <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
              <span>
                {words("then.shown", { at: formatMoment(at, reading.locale, reading.timeZone) })}
                {strange.length > 0 ? <span className="block">{words("then.strange", { events: strange.join(", ") })}</span> : null}
              </span>
              <a href={here} className={BUTTON.small}>
                {words("then.toNow")}
              </a>
            </span>
          </Notice>
        </div>
      ) : null}
    </section>
  );
}
