import { fail, type Result } from "#lib/domain/errors.ts";
import { ANSWER_MAX, FIELD_KINDS, type LinkField } from "#lib/domain/link.ts";

/** A question as a merchant gives it; a key is made up where there is none. */
export interface FieldInput {
  key?: string | undefined;
  label: string;
  kind: string;
  required?: boolean | undefined;
  max_length?: number | undefined;
  options?: readonly string[] | undefined;
}

export const FIELD_LABEL_MAX = 60;
export const FIELD_OPTIONS_MAX = 20;
const OPTION_MAX = 60;
const KEY = /^[a-z][a-z0-9_]{0,39}$/;
/** What the order's metadata has from the link itself. */
const TAKEN_KEYS: ReadonlySet<string> = new Set(["choice", "quantity"]);
const USUAL_LENGTH = { text: 100, number: 20, choice: OPTION_MAX } as const;

/** Checks a merchant's questions; each problem names its place (`fields.1.options`). */
export function checkFields(inputs: readonly FieldInput[]): Result<LinkField[]> {
  const fields: LinkField[] = [];
  for (const [index, input] of inputs.entries()) {
    const place = (name: string): string => `fields.${index}.${name}`;
    const label = input.label.trim();
    if (label === "" || label.length > FIELD_LABEL_MAX)
      return fail("field_label_invalid", place("label"), { max: String(FIELD_LABEL_MAX) });
    const kind = FIELD_KINDS.find((one) => one === input.kind);
    if (!kind) return fail("field_kind_invalid", place("kind"));
    const key = input.key?.trim() || `field_${index + 1}`;
    if (!KEY.test(key) || TAKEN_KEYS.has(key) || fields.some((one) => one.key === key)) return fail("field_key_invalid", place("key"));
    const maxLength = input.max_length ?? USUAL_LENGTH[kind];
    if (!Number.isInteger(maxLength) || maxLength < 1 || maxLength > ANSWER_MAX)
      return fail("field_length_invalid", place("max_length"), { max: String(ANSWER_MAX) });
    const options = (input.options ?? []).map((one) => one.trim()).filter((one) => one !== "");
    if (!areOptions(kind, options)) return fail("field_options_invalid", place("options"), { max: String(FIELD_OPTIONS_MAX) });
    const longest = kind === "choice" ? ANSWER_MAX : maxLength;
    fields.push({ key, label, kind, required: input.required ?? false, maxLength: longest, options });
  }
  return { ok: true, value: fields };
}

function areOptions(kind: LinkField["kind"], options: readonly string[]): boolean {
  if (kind !== "choice") return options.length === 0;
  const fitting = options.length >= 2 && options.length <= FIELD_OPTIONS_MAX && options.every((one) => one.length <= OPTION_MAX);
  return fitting && new Set(options).size === options.length;
}
