/** How every list looks: a scrolling frame, a sticky head, 40-px rows, numbers right-aligned with equal digits. */
export const TABLE = {
  frame: "overflow-x-auto rounded-card border border-line bg-surface",
  table: "w-full border-collapse text-sm",
  head: "sticky top-0 z-10 bg-raised text-left text-xs text-ink-soft",
  th: "h-9 px-3 font-medium whitespace-nowrap",
  thNumber: "h-9 px-3 text-right font-medium whitespace-nowrap",
  row: "relative h-10 border-t border-line hover:bg-raised focus-within:bg-raised",
  td: "px-3 py-1",
  tdNumber: "px-3 py-1 text-right whitespace-nowrap tabular-nums",
} as const;
