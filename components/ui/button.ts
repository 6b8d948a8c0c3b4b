const BASE =
  "inline-flex items-center justify-center gap-2 rounded-lg px-4 text-sm font-medium whitespace-nowrap cursor-pointer transition-colors duration-150 ease-out disabled:cursor-progress disabled:opacity-60 aria-disabled:opacity-60";

/** How buttons and links that act look. `small` is 36 px, for toolbars; the others are 44 px, a finger's width. */
export const BUTTON = {
  primary: `${BASE} min-h-11 bg-jade text-on-jade hover:bg-jade-strong`,
  secondary: `${BASE} min-h-11 border border-edge/50 bg-surface text-ink hover:bg-raised`,
  danger: `${BASE} min-h-11 bg-red text-on-red`,
  small: `${BASE} min-h-9 border border-edge/50 bg-surface px-3 text-ink hover:bg-raised`,
  quiet: `${BASE} min-h-11 px-3 text-ink-soft hover:bg-raised hover:text-ink`,
} as const;
