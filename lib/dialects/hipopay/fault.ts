/** What can be wrong with a parameter or with the whole body; each HipoPay document says it in its own words. */
export type Complaint =
  | "missing"
  | "all_missing"
  | "incomplete"
  | "amount_format"
  | "amount_places"
  | "amount_zero"
  | "amount_large"
  | "currency_unknown"
  | "not_ip"
  | "not_web_address"
  | "not_day"
  | "not_flag"
  | "not_action"
  | "not_duty"
  | "not_customs"
  | "unbalanced"
  | "other_payment"
  | "too_old"
  | "before_start"
  | "name_twice"
  | "name_empty"
  | "too_long"
  | "body_large"
  | "content_type"
  | "not_utf8"
  | "encoding"
  | "too_many";

/** One thing wrong: with a field, or with the request as a whole (null). */
export interface Fault {
  field: string | null;
  complaint: Complaint;
  /** With `incomplete`: the fields which come together or not at all. */
  together?: readonly string[];
}

/** A value, or what is wrong with what was sent. */
export type Read<T> = { ok: true; value: T } | { ok: false; fault: Fault };

/** The failed half of a Read. */
export function wrong(field: string | null, complaint: Complaint, together?: readonly string[]): { ok: false; fault: Fault } {
  return { ok: false, fault: together ? { field, complaint, together } : { field, complaint } };
}
