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
  refund: "M4 8h9a4 4 0 0 1 0 8H8M7.5 4.5 4 8l3.5 3.5",
  team: "M7.5 9.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM2.5 16c.5-3 2.4-4.4 5-4.4s4.5 1.4 5 4.4M13 4.4a2.6 2.6 0 0 1 0 5M14.5 11.9c1.7.5 2.7 1.8 3 4.1",
  bell: "M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13zM8.5 17.3h3",
  audit: "M5 3h10v14H5zM7.5 7h5M7.5 10h5M7.5 13l1.2 1.2 2.3-2.4",
  settings: "M3 6h8M15 6h2M13 4.2v3.6M3 14h2M9 14h8M7 12.2v3.6M3 10h11M17 10h0M15.5 8.2v3.6",
  shop: "M3.5 8 5 3.5h10L16.5 8M3.5 8h13v1.2a2.2 2.2 0 0 1-4.3 0 2.2 2.2 0 0 1-4.4 0 2.2 2.2 0 0 1-4.3 0zM5 11.5v5h10v-5",
  pulse: "M2.5 10.5h3.5l2-5 3.5 9 2-4h4",
  shield: "M10 2.5 16 5v4.5c0 4-2.5 6.7-6 8-3.5-1.3-6-4-6-8V5zM7.3 10l2 2 3.4-3.6",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6.5V10l2.5 1.5",
  filter: "M3 5h14M6 10h8M8.5 15h3",
  download: "M10 3v9M6.5 8.8 10 12.3l3.5-3.5M4 16.5h12",
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
