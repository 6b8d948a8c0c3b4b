/**
 * Every cause the signature doctor can name: the only such table. `weight` ranks causes that explain a signature equally
 * well (higher is likelier, from what goes wrong in practice); `tolerated` ones are accepted by whoever verifies here, but the
 * document says otherwise. Words: lib/i18n/messages/<language>/doctor.json, `cause.<id>`.
 */
export const CAUSES = {
  // The key.
  key_other_mode: { weight: 90 },
  key_other_account: { weight: 80 },
  key_other_gateway: { weight: 70 },
  key_other_kind: { weight: 90 },
  key_blank: { weight: 85 },
  key_case: { weight: 60 },
  key_misread: { weight: 65 },
  key_encoded: { weight: 75 },
  key_placeholder: { weight: 55 },
  key_joined: { weight: 80 },
  key_missing: { weight: 75 },
  // The values.
  values_encoded: { weight: 80 },
  values_not_encoded: { weight: 85 },
  double_encoded: { weight: 86 },
  escape_style: { weight: 76 },
  plus_or_space: { weight: 79 },
  html_escaped: { weight: 74 },
  values_trimmed: { weight: 60 },
  value_case: { weight: 40 },
  unicode_form: { weight: 45 },
  charset: { weight: 77 },
  number_format: { weight: 72 },
  number_exponent: { weight: 50 },
  amount_unit: { weight: 70 },
  boolean_format: { weight: 55 },
  null_written: { weight: 55 },
  json_rewritten: { weight: 73 },
  timestamp_unit: { weight: 66 },
  // Which fields.
  empty_values: { weight: 82 },
  zero_dropped: { weight: 65 },
  sign_included: { weight: 79 },
  excluded_field_signed: { weight: 75 },
  field_not_signed: { weight: 58 },
  empty_lost: { weight: 50 },
  duplicate_field: { weight: 83 },
  field_name_case: { weight: 60 },
  headers_signed: { weight: 62 },
  // How they are put together.
  sort_order: { weight: 78 },
  join_form: { weight: 68 },
  timestamp_joined: { weight: 72 },
  frame_wrong: { weight: 72 },
  text_case: { weight: 48 },
  text_encoded: { weight: 52 },
  trailing_newline: { weight: 64 },
  line_endings: { weight: 74 },
  bom: { weight: 62 },
  base64_form: { weight: 74 },
  not_wrapped: { weight: 76 },
  other_rules: { weight: 57 },
  // The signature itself.
  algorithm: { weight: 78 },
  signature_form: { weight: 70 },
  hex_case: { weight: 90, tolerated: true },
  truncated: { weight: 66 },
  // The whole message.
  too_old: { weight: 88 },
  wrong_gateway: { weight: 95 },
  missing: { weight: 99 },
} as const satisfies Record<string, { weight: number; tolerated?: boolean }>;
export type CauseId = keyof typeof CAUSES;

/** A cause and what it is about: a field's name, what stood where. Never a key. */
export interface Cause {
  id: CauseId;
  /** The field, or nothing where it is about the whole. */
  field?: string;
  /** Which of the variations: in the wire's own signs (`1.00 → 1`, `HMAC-MD5`), a key's label, or a word of `doctor.json`, `form.<cause>`. */
  form?: string;
}

/** True when whoever verifies here takes it all the same. */
export function tolerated({ id }: Cause): boolean {
  return "tolerated" in CAUSES[id];
}

export function weightOf(causes: readonly Cause[]): number {
  return causes.reduce((sum, { id }) => sum + CAUSES[id].weight, 0) / Math.max(1, causes.length);
}
