import type { Problem } from "#lib/domain/errors.ts";
import { FIELDS_MAX } from "#lib/domain/link.ts";
import { CHOICES_MAX } from "#lib/domain/link-terms.ts";
import { instantOf } from "#lib/domain/zoned-time.ts";
import type { CreateLinkInput } from "#lib/payments/link-input.ts";

/** A link's form as a use case takes it, and which row of the form each of its choices and questions came from. */
export interface ReadLinkForm {
  link: CreateLinkInput;
  rows: { choices: number[]; fields: number[] };
}

/**
 * Reads a link's form: only the way of pricing that is ticked counts, rows left empty are left out, clock times are the
 * merchant's. What is wrong with it createLink and editLink say.
 */
export function readLinkForm(form: FormData, timeZone: string): ReadLinkForm {
  const text = (name: string): string => String(form.get(name) ?? "").trim();
  const or = (name: string): string | null => text(name) || null;
  const pricing = text("pricing");
  const choices = rowsOf(CHOICES_MAX, (row) => text(`choices.${row}.label`) !== "" || text(`choices.${row}.amount`) !== "");
  const fields = rowsOf(FIELDS_MAX, (row) => text(`fields.${row}.label`) !== "");
  const entered = pricing === "entered";
  const link: CreateLinkInput = {
    title: text("title"),
    description: text("description"),
    // What is none of ours is refused by name, as any other field.
    currency: text("currency") as CreateLinkInput["currency"],
    amount: pricing === "fixed" ? text("amount") : null,
    choices:
      pricing === "list" ? choices.map((row) => ({ label: text(`choices.${row}.label`), amount: text(`choices.${row}.amount`) })) : null,
    min_amount: entered ? text("min_amount") : null,
    max_amount: entered ? text("max_amount") : null,
    suggested_amount: entered ? or("suggested_amount") : null,
    quantity_max: entered ? null : numberOf(text("quantity_max")),
    reusable: form.get("once") !== "on",
    stock: numberOf(text("stock")),
    opens_at: timeOf(text("opens_at"), timeZone),
    expires_at: timeOf(text("expires_at"), timeZone),
    fields: fields.map((row) => fieldOf(form, text, row)),
    notify_url: or("notify_url"),
    return_url: or("return_url"),
    success_message: or("success_message"),
    account: or("account"),
    locale: or("locale"),
    ...(text("slug") !== "" && { slug: text("slug") }),
  };
  return { link, rows: { choices, fields } };
}

/** The input of the form that a problem is about: the wire counts rows that are filled, the form all of them. */
export function inputOf(problem: Problem, rows: ReadLinkForm["rows"]): string {
  const [group, index, name] = (problem.field ?? "").split(".");
  if ((group !== "choices" && group !== "fields") || index === undefined) return INPUT_OF[problem.field ?? ""] ?? problem.field ?? "";
  return `${group}.${rows[group][Number(index)] ?? 0}.${name}`;
}

/** Problems of a whole group stand at its first input. */
const INPUT_OF: Readonly<Record<string, string>> = { choices: "choices.0.label", fields: "fields.0.label", reusable: "once" };

function fieldOf(form: FormData, text: (name: string) => string, row: number): NonNullable<CreateLinkInput["fields"]>[number] {
  const at = (name: string): string => text(`fields.${row}.${name}`);
  const kind = at("kind") as NonNullable<CreateLinkInput["fields"]>[number]["kind"];
  const length = numberOf(at("max_length"));
  return {
    label: at("label"),
    kind,
    required: form.get(`fields.${row}.required`) === "on",
    ...(at("key") !== "" && { key: at("key") }),
    ...(length !== null && kind !== "choice" && { max_length: length }),
    // Answers written for a choice stay in the form when the kind is changed, and are not the text's.
    options:
      kind === "choice"
        ? at("options")
            .split(/\r?\n/)
            .map((one) => one.trim())
            .filter(Boolean)
        : [],
  };
}

function rowsOf(most: number, filled: (row: number) => boolean): number[] {
  return Array.from({ length: most }, (_, row) => row).filter(filled);
}

/** A whole number, null for nothing, NaN for what is neither: the terms refuse it by name. */
function numberOf(text: string): number | null {
  if (text === "") return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

/** The same for a clock time: what is none is handed on, to be refused by name. */
function timeOf(text: string, timeZone: string): string | null {
  if (text === "") return null;
  return instantOf(text.slice(0, 16), timeZone)?.toISOString() ?? text;
}
