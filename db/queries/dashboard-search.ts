import { type SQL, sql } from "drizzle-orm";

/** From so many characters on, the ending of a number finds it too: a screenshot is often cut off. */
export const ENDING_MIN = 6;
/** A number somebody else's orders end with as well is looked at so often, and no more. */
const EACH = 1000;
/** Behind every text that begins with another, byte by byte. */
const LAST = "\u{10FFFF}";

/**
 * The ids of a merchant's orders that a number leads to, as a subquery of one column: the order's own id, token or reference,
 * the number we gave a gateway, the gateway's own, the wallet's, a refund's (ours or the gateway's), a notification's, a webhook
 * message's. Gateways', wallets' and our own numbers at them also by their ending. Each branch is one index lookup, and each
 * names the merchant: a number of another merchant finds nothing. As a person types it: our own numbers in small letters
 * too, and a long number with the spaces a receipt shows.
 */
export function orderIdsByNumber(merchantId: string, typed: string): SQL {
  const number = typed.replace(/\s+/g, "");
  const orders = (condition: SQL): SQL => sql`select id from orders where merchant_id = ${merchantId} and ${condition}`;
  const of = (table: SQL, condition: SQL): SQL => sql`select order_id from ${table} where merchant_id = ${merchantId} and ${condition}`;
  const ending = (table: SQL, column: SQL, text: string): SQL =>
    sql`select order_id from (select order_id, merchant_id from ${table} where ${endsWith(column, text)} limit ${EACH}) e where merchant_id = ${merchantId}`;
  const branches = [
    orders(sql`id = ${number}`),
    orders(sql`token = ${number}`),
    orders(sql`reference = ${typed}`),
    ...(number === typed ? [] : [orders(sql`reference = ${number}`)]),
    of(sql`attempts`, sql`id = ${number}`),
    ending(sql`attempts`, sql`gateway_order_no`, number.toUpperCase()),
    ...(number === number.toUpperCase() ? [] : [ending(sql`attempts`, sql`gateway_order_no`, number)]),
    ending(sql`attempts`, sql`gateway_ref`, number),
    ending(sql`attempts`, sql`wallet_ref`, number),
    of(sql`refunds`, sql`id = ${number}`),
    ending(sql`refunds`, sql`refund_no`, number.toUpperCase()),
    ending(sql`refunds`, sql`gateway_refund_ref`, number),
    of(sql`notifications`, sql`gateway_order_no = ${number}`),
    of(sql`notifications`, sql`id = ${number}`),
    sql`select m.order_id from notification_matches m join notifications n on n.id = m.notification_id
      where n.gateway_order_no = ${number} and n.merchant_id = ${merchantId}`,
    of(sql`deliveries`, sql`id = ${number}`),
  ];
  return sql`(${sql.join(branches, sql` union all `)})`;
}

// The indexes hold the numbers backwards, so that an ending is a beginning; a range is planned alike whatever the number is.
function endsWith(column: SQL, text: string): SQL {
  const backwards = [...text].reverse().join("");
  const reversed = sql`reverse(${column}) collate "C"`;
  if (text.length < ENDING_MIN) return sql`${reversed} = ${backwards}`;
  return sql`${reversed} >= ${backwards} and ${reversed} < ${backwards + LAST}`;
}
