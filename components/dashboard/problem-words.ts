import { PROBLEMS, type ProblemCode } from "#lib/domain/errors.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/**
 * A problem that is known by its code alone (a row's, an address's) in words; null for what is none of ours, and for one whose
 * sentence needs numbers that nobody has any more.
 */
export function problemWords(problem: Translator<"problem">, code: unknown): string | null {
  const known: ProblemCode | undefined = PROBLEMS.find((one) => one === code);
  if (!known || String(problem.raw(known)).includes("{")) return null;
  return problem(known as "forbidden");
}
