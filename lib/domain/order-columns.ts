/** What the orders list can show beside number, state and amount, in the order it is shown. */
export const COLUMNS = [
  "method",
  "account",
  "subject",
  "gatewayOrderNo",
  "gatewayRef",
  "walletRef",
  "refunded",
  "created",
  "paid",
] as const;
export type Column = (typeof COLUMNS)[number];

/** What it shows until somebody chooses. */
export const DEFAULT_COLUMNS: readonly Column[] = ["method", "subject", "created"];
