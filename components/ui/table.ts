/** How every table looks: a scrolling frame, 40-px rows, numbers right-aligned with equal digits. Lists are `ListTable`s, which need no scrolling on phones. */
export const TABLE = {
  frame: "overflow-x-auto rounded-card border border-line bg-surface",
  table: "w-full border-collapse text-sm",
  head: "sticky top-0 z-10 bg-raised text-left text-xs text-ink-soft",
  th: "h-9 px-2 sm:px-3 font-medium whitespace-nowrap",
  thNumber: "h-9 px-2 sm:px-3 text-right font-medium whitespace-nowrap",
  row: "relative h-10 border-t border-line hover:bg-raised focus-within:bg-raised",
  td: "px-2 py-1 sm:px-3",
  tdNumber: "px-2 py-1 text-right sm:px-3 whitespace-nowrap tabular-nums",
} as const;
