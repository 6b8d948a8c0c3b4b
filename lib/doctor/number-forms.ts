import type { CauseId } from "#lib/doctor/causes.ts";

interface NumberForm {
  id: CauseId;
  form: string;
  write: (text: string) => string | null;
}

/** The value moved by `places` decimal places, by its digits: 88.00 ↔ 8800. */
function shifted(text: string, places: number): string | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const [, sign = "", before = "", after = ""] = match;
  if (places > 0) {
    if (/[1-9]/.test(after.slice(places))) return null;
    return sign + `${before}${after.slice(0, places).padEnd(places, "0")}`.replace(/^0+(?=\d)/, "");
  }
  const digits = before.padStart(1 - places, "0");
  return `${sign}${digits.slice(0, places)}.${digits.slice(places)}${after}`;
}

const trimmed = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
const fixed = (places: number) => (text: string) => {
  const [before = "", after = ""] = trimmed(text).split(".");
  return after.length > places ? null : `${before}${places > 0 ? "." : ""}${after.padEnd(places, "0")}`;
};
const asFloat = (change: (value: number) => number | string) => (text: string) => (text.length > 15 ? null : String(change(Number(text))));

/** The ways runtimes write one number; each applied to a value that is one. Null: cannot be written so. */
export const NUMBER_FORMS: readonly NumberForm[] = [
  { id: "number_format", form: "1.00 → 1", write: trimmed },
  { id: "number_format", form: "1 → 1.00", write: fixed(2) },
  { id: "number_format", form: "1 → 1.0", write: (text) => (/\.\d*[1-9]/.test(text) ? trimmed(text) : fixed(1)(text)) },
  { id: "number_format", form: "1.5 → 1.500", write: fixed(3) },
  { id: "number_format", form: "1.5 → 1.5000", write: fixed(4) },
  { id: "number_format", form: "0.50 → .50", write: (text) => text.replace(/^0(?=\.)/, "") },
  { id: "number_format", form: "1,000.00", write: (text) => text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",") },
  { id: "number_format", form: "float", write: asFloat((value) => value) },
  { id: "number_format", form: "001 → 1", write: (text) => text.replace(/^0+(?=\d)/, "") },
  { id: "number_exponent", form: "8.8e+1", write: asFloat((value) => value.toExponential()) },
  { id: "number_exponent", form: "8.8E1", write: asFloat((value) => value.toExponential().replace("e+", "E").replace("e", "E")) },
  { id: "number_exponent", form: "8.8E+1", write: asFloat((value) => value.toExponential().replace("e", "E")) },
  {
    id: "number_exponent",
    form: "8.8E+01",
    write: asFloat((value) => value.toExponential().replace(/e([+-])(\d)$/, (_all, sign: string, digit: string) => `E${sign}0${digit}`)),
  },
  { id: "number_exponent", form: "8.800000e+01", write: asFloat((value) => value.toExponential(6).replace(/e([+-])(\d)$/, "e$10$2")) },
  { id: "amount_unit", form: "1.00 → 100", write: (text) => shifted(text, 2) },
  { id: "amount_unit", form: "100 → 1.00", write: (text) => shifted(text, -2) },
  { id: "amount_unit", form: "100 → 1", write: (text) => trimmed(shifted(text, -2) ?? "") || null },
  { id: "amount_unit", form: "× 100", write: asFloat((value) => value * 100) },
  { id: "amount_unit", form: "100.00", write: (text) => shifted(text, 2)?.concat(".00") ?? null },
  { id: "timestamp_unit", form: "s → ms", write: (text) => (/^1\d{9}$/.test(text) ? `${text}000` : null) },
  { id: "timestamp_unit", form: "ms → s", write: (text) => (/^1\d{12}$/.test(text) ? text.slice(0, 10) : null) },
];

/** Whether a value is a plain decimal number that the forms are about. */
export function isNumber(text: string): boolean {
  return /^-?\d{1,18}(?:\.\d{1,12})?$/.test(text);
}
