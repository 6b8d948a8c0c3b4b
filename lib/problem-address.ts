import { PROBLEMS, type Problem } from "#lib/domain/errors.ts";

/** Search parameters as Next gives them. */
export type Query = Record<string, string | string[] | undefined>;

const FIELD = /^[a-zA-Z_]{1,30}$/;

/**
 * Adds a problem to an address on our origin, so that the page after the 303 can say it. Only its code and field travel:
 * a sentence's numbers come from the database again, so nobody can put words into our pages by a link.
 */
export function withProblem(path: string, problem: Problem, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...more, problem: problem.code, ...(problem.field ? { field: problem.field } : {}) });
  return `${path}?${query}#problem`;
}

/** The problem an address carries, or null; anything that is not from our table is ignored. */
export function problemFrom(query: Query): Problem | null {
  const code = PROBLEMS.find((one) => one === query.problem);
  if (!code) return null;
  return { code, field: typeof query.field === "string" && FIELD.test(query.field) ? query.field : null };
}
