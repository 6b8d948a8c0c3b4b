/** What `/desk` has to remember of an address that opened an order. */
export interface DeskEntry {
  /** `tarde_type` of the return, as seeds/000 spells it: §4.6.3, §4.7.3, §6.4.3. */
  type: "PC_DESK" | "MP_DESK" | "DESK";
  /** The shop's own number as it was given; null when it gave none. */
  number: string | null;
  /** Parameters that are not the document's, given back on return (§4.6.4). */
  extra: Record<string, string>;
}

/** The document's names: none of them can be set by an extra parameter (§4.6.4). */
export const DESK_RETURN_NAMES = [
  ...["no", "agent_order_id", "out_order_no", "merchant_no", "currency", "amount", "exchange_rate", "tarde_type"],
  ...["product_info", "subject", "trade_time", "status"],
] as const;

/** The longest address that is read, characters. */
export const DESK_QUERY_MAX = 4096;
/** How proxy.ts hands the query's own text to the page. */
export const DESK_QUERY_HEADER = "x-desk-query";
