import { BUTTON } from "#components/ui/button.ts";
import { CARD } from "#components/ui/card.ts";
import { Dot } from "#components/ui/dot.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Snippet } from "#components/ui/snippet.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

type T = Translator<"developers">;

/** The four commands, for an installation at `origin`: what is copied is what is seen. */
export function quickCommands(origin: string): Record<"key" | "order" | "read", string> {
  return {
    key: "export SHOUYIN_KEY=sk_test_…",
    order: [
      `curl ${origin}/api/v1/orders \\`,
      '  -H "Authorization: Bearer $SHOUYIN_KEY" \\',
      '  -H "Idempotency-Key: A-1001" \\',
      '  -H "Content-Type: application/json" \\',
      `  -d '{"amount":"88.00","currency":"HKD","title":"Tea","reference":"A-1001"}'`,
    ].join("\n"),
    read: [`curl "${origin}/api/v1/orders?reference=A-1001" \\`, '  -H "Authorization: Bearer $SHOUYIN_KEY"'].join("\n"),
  };
}

/** From nothing to a paid test order, with commands to copy. */
export function QuickStart({ t, origin }: { t: T; origin: string }) {
  const commands = quickCommands(origin);
  return (
    <section aria-labelledby="quick" className={`${CARD} grid content-start gap-5`}>
      <div className="grid gap-1">
        <h2 id="quick" className="text-base font-semibold">
          {t("quick.title")}
        </h2>
        <p className="text-sm text-ink-soft">{t("quick.lead")}</p>
      </div>
      <ol className="grid gap-5">
        {(["key", "order", "pay", "read"] as const).map((step, index) => (
          <li key={step} className="grid grid-cols-[28px_minmax(0,1fr)] gap-x-3 gap-y-2">
            <span
              aria-hidden="true"
              className="grid size-7 place-items-center rounded-full bg-jade-soft text-sm font-semibold text-jade tabular-nums"
            >
              {index + 1}
            </span>
            <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
              <h3 className="pt-0.5 text-sm font-medium">{t(`quick.${step}`)}</h3>
              <p className="text-sm text-ink-soft">
                <Words text={t(`quick.${step}Text`)} />
              </p>
              {step === "pay" ? null : <Snippet text={commands[step]} copy={{ label: t("quick.copy"), done: t("quick.copied") }} />}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Whether there is a test key to try the commands with, and the way to make one. */
export function KeysState({ t, count }: { t: T; count: number }) {
  return (
    <section aria-labelledby="test-keys" className={`${CARD} grid gap-2`}>
      <h2 id="test-keys" className="text-sm font-medium">
        {t("keysState.title")}
      </h2>
      <p className="text-sm">
        <Dot tone={count > 0 ? "good" : "wait"}>{count > 0 ? t("keysState.some", { count }) : t("keysState.none")}</Dot>
      </p>
      {count > 0 ? null : <p className="text-xs text-ink-soft">{t("keysState.noneText")}</p>}
      <a href="/dashboard/developers/keys" className={count > 0 ? BUTTON.secondary : BUTTON.primary}>
        {t("keysState.make")}
      </a>
    </section>
  );
}

/** Where else a developer may want to go. */
export function MorePlaces({ t, places }: { t: T; places: readonly { name: PlaceName; href: string }[] }) {
  return (
    <nav aria-label={t("more.title")} className="grid content-start gap-2">
      {places.map(({ name, href }) => (
        <a key={name} href={href} className={`${CARD} group flex items-center justify-between gap-3 hover:border-edge`}>
          <span className="grid gap-0.5">
            <span className="text-sm font-medium">{t(`more.${name}`)}</span>
            <span className="text-xs text-ink-soft">{t(`more.${name}Text`)}</span>
          </span>
          <Icon name="chevron" className="size-4 text-ink-soft group-hover:text-ink" />
        </a>
      ))}
    </nav>
  );
}
export type PlaceName = "docs" | "doctor" | "sandbox" | "refused";

/** A sentence with `names on the wire` in monospace. */
function Words({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one fixed sentence never move.
      <code key={index} className="rounded bg-raised px-1 font-mono text-[0.9em]">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
