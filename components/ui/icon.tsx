/** Our own line drawings on a 20 × 20 grid; `d` of one path each. */
const PATHS = {
  home: "M3 9.5 10 4l7 5.5M5 8v8h10V8M8.5 16v-4.5h3V16",
  orders: "M5 3h10v14l-2.5-1.6L10 17l-2.5-1.6L5 17zM7.5 7h5M7.5 10.5h5",
  inbox: "M3 11h4l1.5 2.5h3L13 11h4M3 11l2.5-7h9L17 11v5H3z",
  send: "M17 3 3 8.5l5.5 2.6L11.5 17z M17 3 8.5 11.1",
  link: "M8.5 11.5a3 3 0 0 0 4.3 0l2.8-2.8a3 3 0 0 0-4.3-4.3L10 5.7M11.5 8.5a3 3 0 0 0-4.3 0l-2.8 2.8a3 3 0 0 0 4.3 4.3L10 14.3",
  gateway: "M3 7h14M5 7V5l5-2.5L15 5v2M5.5 7v7M10 7v7M14.5 7v7M3 16.5h14M4 14h12",
  search: "M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5 17 17",
  copy: "M7 7V3.5h9.5V13H13M3.5 7H13v9.5H3.5z",
  check: "M4 10.5 8 14.5 16 5.5",
  alert: "M10 3 18 16.5H2zM10 8v4M10 14.2v.3",
  chevron: "M8 5l5 5-5 5",
  back: "M12 5l-5 5 5 5",
  out: "M8 3.5H4v13h4M8.5 10H17M13.5 6.5 17 10l-3.5 3.5",
  person: "M10 10a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM3.8 17c.6-3.4 3-5 6.2-5s5.6 1.6 6.2 5",
  scan: "M3 7V4h3M14 4h3v3M17 13v3h-3M6 16H3v-3M6 7.5v5M8.7 7.5v5M11.3 7.5v5M14 7.5v5",
  payout: "M3 6.5h14v9H3zM3 9.5h14M13.5 12.7h1M10 1.5v3M8 3l2-1.8L12 3",
  code: "M7 5.5 2.5 10 7 14.5M13 5.5 17.5 10 13 14.5M11.5 3.5l-3 13",
  cross: "M5 5l10 10M15 5 5 15",
  more: "M4.5 10h.1M10 10h.1M15.5 10h.1",
} as const;
export type IconName = keyof typeof PATHS;

/** A decorative drawing; the words beside it say what it means. */
export function Icon({ name, className = "size-5" }: { name: IconName; className?: string }) {
  return (
    <svg viewBox="0 0 20 20" className={`shrink-0 ${className}`} fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
      <path d={PATHS[name]} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
