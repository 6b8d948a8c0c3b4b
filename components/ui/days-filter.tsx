import { BUTTON } from "#components/ui/button.ts";
import { FilterFold } from "#components/ui/filter-fold.tsx";

/** A choice in a list's filters: as high as a thumb on phones, a cell of the fold's two columns there. */
export const FILTER_INPUT =
  "min-h-11 w-full min-w-0 rounded-lg border border-edge/50 bg-surface px-2.5 text-base text-ink sm:min-h-10 sm:w-auto sm:text-sm";

interface Props {
  /** The list's own address. */
  action: string;
  words: Record<"filter" | "from" | "to" | "apply" | "clear" | "zone", string>;
  days: { from: string | null; to: string | null };
  /** The address without the filter; null when nothing is filtered. */
  clear: string | null;
  children: React.ReactNode;
}

/** A list's filters with the days it is about: one plain GET form, so the address is the filter and it works without JavaScript. */
export function DaysFilter({ action, words, days, clear, children }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the form is the search; browsers older than its element know the role.
    <form method="get" action={action} role="search" className="mb-4">
      <FilterFold word={words.filter} open={clear !== null}>
        {children}
        {(["from", "to"] as const).map((field) => (
          <label key={field} className="grid min-w-0 gap-1 text-xs text-ink-soft sm:flex sm:items-center sm:gap-1.5">
            {words[field]}
            <input type="date" name={field} defaultValue={days[field] ?? ""} className={FILTER_INPUT} />
          </label>
        ))}
        <button type="submit" className={BUTTON.small}>
          {words.apply}
        </button>
        {clear ? (
          <a href={clear} className="px-2 py-2 text-sm text-jade underline underline-offset-3">
            {words.clear}
          </a>
        ) : null}
        <span className="col-span-2 text-xs text-ink-soft sm:self-center">{words.zone}</span>
      </FilterFold>
    </form>
  );
}
