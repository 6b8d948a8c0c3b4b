/** What opening an order may say no with. */
export const OPENING = [
  "amount_format",
  "amount_places",
  "amount_range",
  "amount_zero",
  "title_missing",
  "url_invalid",
  "reference_invalid",
  "reference_taken",
  "account_not_found",
] as const;
/** What starting an attempt may say no with. */
export const STARTING = [
  "order_not_open",
  "order_expired",
  "method_unavailable",
  "openid_missing",
  "too_many_requests",
  "gateway_refused",
  "gateway_busy",
  "gateway_unreachable",
  "channel_down",
  "merchant_closed",
  "bank_missing",
  "bank_invalid",
  "card_number_missing",
  "card_number_invalid",
  "payer_missing",
  "payer_bank_invalid",
  "payer_name_invalid",
  "payer_account_invalid",
  "auth_code_invalid",
  "auth_code_used",
  "scan_under_way",
] as const;
const FORM = ["json_invalid", "json_name_repeated", "field_unknown", "field_missing", "field_invalid"] as const;
/** What any POST may say no with over its Idempotency-Key. */
export const POSTED = ["idempotency_key_invalid", "idempotency_key_reused", "idempotency_in_flight"] as const;
/** What a body may be refused for. */
export const WRITING = [...FORM, "body_too_large", "content_type_unsupported"] as const;
/** What a POST with a body may say no with before anything is done. */
export const POSTING = [...WRITING, ...POSTED] as const;
/** What a list may say no with. */
export const LISTING = ["parameter_unknown", "parameter_invalid", "cursor_invalid"] as const;
