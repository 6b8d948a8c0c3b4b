import type { Wallet } from "#lib/domain/methods.ts";

/** Neutral drawings of the wallets, ours: the colour and a simple shape, never the official art. */
const SHAPES = {
  wechat:
    "M9 5c-4 0-7 2.6-7 5.8 0 1.8 1 3.5 2.6 4.6L4 17.6l2.6-1.3c.8.2 1.6.3 2.4.3 4 0 7-2.6 7-5.8S13 5 9 5Zm9 5.2c2.4.8 4 2.6 4 4.7 0 1.5-.8 2.8-2 3.8l.5 1.8-2.1-1.1c-.6.2-1.3.2-2 .2-2.4 0-4.5-1.1-5.5-2.8 3.900.2 7.100-2.600 7.100-6.600Z",
  alipay:
    "M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1Zm2 4v2h4v1.500H8v1.500h7c-.4 1-1 1.900-1.800 2.600L17 17.500l.8-1.700-3.100-1.300c.800-1 1.300-2.200 1.600-3.500H13V10h4V8h-4V6h-2v2H7Z",
  qq: "M12 2c-3.600 0-6 2.700-6 6.200 0 1.300-1.800 3.300-2.200 5.600-.2 1.100.5 1.600 1.200 1l1.100-1.100c.4 1.300 1 2.400 1.900 3.200-1.100.5-1.900 1.200-1.900 2.100C6.100 20.600 8.500 22 12 22s5.900-1.400 5.900-3c0-.9-.8-1.600-1.900-2.100.9-.8 1.500-1.900 1.900-3.200l1.100 1.100c.7.600 1.400.100 1.200-1-.4-2.300-2.200-4.300-2.200-5.600C18 4.700 15.600 2 12 2Z",
  unionpay: "M5.500 5h4L7 19H3Zm6 0h4L13 19H9Zm6 0h4L19 19h-4Z",
  jd: "M4 6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2Zm4 4a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3Zm8 0a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3Zm-7 5.500c1.700 1.700 4.300 1.700 6 0l-1-1c-1.100 1.100-2.900 1.100-4 0Z",
  baidu:
    "M8 3a2 2.600 0 1 1 0 5.200A2 2.600 0 0 1 8 3Zm8 0a2 2.600 0 1 1 0 5.200A2 2.600 0 0 1 16 3ZM4.500 8.500a2 2.400 0 1 1 0 4.800 2 2.400 0 0 1 0-4.800Zm15 0a2 2.400 0 1 1 0 4.800 2 2.400 0 0 1 0-4.800ZM12 10c3 0 6.500 4.500 6.500 7.500 0 2-1.500 3-3.500 3-1.200 0-2-.5-3-.5s-1.800.5-3 .5c-2 0-3.500-1-3.500-3C5.500 14.500 9 10 12 10Z",
  bank: "M12 3 3 8v2h18V8Zm-7 9v5h2.500v-5Zm5.700 0v5h2.600v-5Zm5.800 0v5H19v-5ZM3 18.500V21h18v-2.500Z",
} as const satisfies Record<Wallet, string>;

export function Mark({ wallet, size = 24 }: { wallet: Wallet; size?: number }) {
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
