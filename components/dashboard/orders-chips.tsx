import { Icon } from "#components/ui/icon.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

export interface FilterChip {
  field: string;
  /** What it narrows by: "State". */
  name: string;
  /** And to what: "Paid". */
  value: string;
  /** The list without it. */
  href: string;
}

/** What narrows the list, each with the way to take it off again. */
export function FilterChips(props: {
  t: Translator<"dashboard">;
  words: Translator<"ledger">;
  chips: readonly FilterChip[];
  clear: string;
}) {
  const { t, words, chips, clear } = props;
  if (chips.length === 0) return null;
  return (
    <nav aria-label={words("narrowedBy")} className="mb-3 flex flex-wrap items-center gap-1.5">
      {chips.map(({ field, name, value, href }) => (
        <a
          key={field}
          href={href}
          aria-label={words("takeOff", { name, value })}
          className="inline-flex min-h-11 max-w-full items-center gap-1.5 rounded-full border border-jade/40 bg-jade-soft px-3 text-sm text-ink hover:border-jade sm:min-h-9"
        >
          <span className="text-ink-soft">{name}</span>
          <span className="truncate font-medium">{value}</span>
          <Icon name="cross" className="size-3.5 text-ink-soft" />
        </a>
      ))}
      <a href={clear} className="inline-flex min-h-11 items-center px-2 text-sm text-jade underline underline-offset-3 sm:min-h-9">
        {t("common.clear")}
      </a>
    </nav>
  );
}
