import { type StaffFormState, UNTOUCHED } from "#components/dashboard/staff-form.ts";
import type { StaffProblem } from "#lib/staff.ts";

/** A form that was not let through: the sentence, or ConfirmPerson's problem at its own fields; what was typed stays. */
export function refused(
  problem: StaffProblem,
  words: Record<"origin" | "forbidden", string>,
  values: Record<string, string> = {},
): StaffFormState {
  if (problem === "origin" || problem === "forbidden") return { ...UNTOUCHED, problem: words[problem], values };
  return { ...UNTOUCHED, confirm: problem, values };
}

/** Longest text of a field that is read at all. */
const TYPED_MAX = 2000;

/** What was typed into these fields; a field that was not sent is empty. */
export function typedIn<Name extends string>(form: FormData, names: readonly Name[]): Record<Name, string> {
  const pairs = names.map((name) => [name, String(form.get(name) ?? "").slice(0, TYPED_MAX)]);
  return Object.fromEntries(pairs) as Record<Name, string>;
}
