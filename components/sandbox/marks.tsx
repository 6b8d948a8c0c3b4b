/** Neutral drawings of the wallets, ours: the colour and a simple shape, never the official art. */
const SHAPES = {
  wechat:
    "M9 5c-4 0-7 2.6-7 5.8 0 1.8 1 3.5 2.6 4.6L4 17.6l2.6-1.3c.8.2 1.6.3 2.4.3 4 0 7-2.6 7-5.8S13 5 9 5Zm9 5.2c2.4.8 4 2.6 4 4.7 0 1.5-.8 2.8-2 3.8l.5 1.8-2.1-1.1c-.6.2-1.3.2-2 .2-2.4 0-4.5-1.1-5.5-2.8 3.900.2 7.100-2.600 7.100-6.600Z",
  alipay:
    "M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1Zm2 4v2h4v1.500H8v1.500h7c-.4 1-1 1.900-1.800 2.600L17 17.500l.8-1.700-3.100-1.300c.800-1 1.300-2.200 1.600-3.500H13V10h4V8h-4V6h-2v2H7Z",
} as const;

export function Mark({ wallet, size = 24 }: { wallet: keyof typeof SHAPES; size?: number }) {
  return (
    <svg className={`mark mark-${wallet}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPES[wallet]} fill="currentColor" />
    </svg>
  );
}

/** A check drawn in a disc, or a cross, or a clock's hands. */
export function Outcome({ kind }: { kind: "good" | "bad" | "late" }) {
  const stroke = { good: "M15 25l7 7 12-14", bad: "M17 17l14 14M31 17L17 31", late: "M24 14v11l7 4" }[kind];
  return (
    <svg className={`outcome outcome-${kind}`} width="72" height="72" viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="22" />
      <path d={stroke} />
    </svg>
  );
}
