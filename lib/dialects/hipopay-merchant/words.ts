import type { Complaint, Fault } from "#lib/dialects/hipopay/fault.ts";

const WORDS: Readonly<Record<Complaint, string>> = {
  missing: "is required",
  all_missing: "cannot all be empty",
  incomplete: "is required",
  amount_format: "is not an amount of two decimal places at most",
  amount_places: "has decimal places its currency does not have",
  amount_zero: "must be more than zero",
  amount_large: "is too large",
  currency_unknown: "is not supported",
  not_ip: "is not an IP address",
  not_web_address: "is not an http(s) address",
  not_day: "must be YYYYMMDD",
  not_flag: "must be TRUE or FALSE",
  not_action: "must be ADD or MODIFY",
  not_duty: "must be an integer, in 0.01 CNY",
  not_customs: "has an unknown or repeated customs code",
  unbalanced: "must be transport_amount plus product_amount",
  other_payment: "does not belong to payment_no",
  too_old: "is more than three months ago",
  before_start: "is before start_date",
  name_twice: "is sent twice",
  name_empty: "A parameter has no name",
  too_long: "Parameters are too long",
  body_large: "The body is larger than 64 KiB",
  content_type: "is not supported",
  not_utf8: "The body is not UTF-8",
  encoding: "Parameters are not well encoded",
  too_many: "Too many parameters",
};

/** What is wrong, in the language of seeds/001, the field first. */
export function wordsOf({ field, complaint, together }: Fault): string {
  const group = together ? ` (${together.join(", ")} come together)` : "";
  return `${field === null ? "" : `${field} `}${WORDS[complaint]}${group}`;
}
