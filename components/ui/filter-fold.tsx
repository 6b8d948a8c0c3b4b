import { Icon } from "#components/ui/icon.tsx";

/**
 * A list's filters: open where there is room (dashboard.css), folded on a phone, whose first view is for the list. `open`:
 * something is filtered, which should be seen. A browser that cannot show what is folded folds them everywhere.
 */
export function FilterFold({ word, open, children }: { word: string; open: boolean; children: React.ReactNode }) {
  return (
    <details open={open} className="filter-fold group/filters">
      <summary className="flex min-h-11 list-none items-center gap-2 rounded-card border border-line bg-surface px-3 text-sm [&::-webkit-details-marker]:hidden">
        <Icon name="filter" className="size-4 text-ink-soft" />
        {word}
        <Icon name="chevron" className="ml-auto size-4 text-ink-soft group-open/filters:rotate-90" />
      </summary>
      <div className="grid grid-cols-2 items-end gap-2 pt-2 sm:flex sm:flex-wrap sm:pt-0">{children}</div>
    </details>
  );
}
