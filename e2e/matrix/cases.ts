import { offer } from "#lib/domain/offer.ts";
import { everyRow, pairwise, sample } from "./pairwise.ts";
import { type Case, COLUMNS, CONTEXTS, METHODS } from "./tables.ts";

/**
 * Which rows can happen is the product's own word (lib/domain/offer.ts), so a method that is offered somewhere new is tested
 * there; what must come of a row is not. Without a script nobody can call a wallet's bridge.
 */
function happens({ context, method, script }: Case): boolean {
  if (METHODS[method].shows === "jsapi" && script === "off") return false;
  const [offered] = offer([{ method, currencies: ["CNY"], openidObtainable: true }], "CNY", CONTEXTS[context].browser);
  return offered?.available === true;
}

/** Every row that can happen. */
export const EVERY_CASE: readonly Case[] = everyRow(COLUMNS, happens);

/** What a run tests, by E2E_MATRIX: every pair of two columns' values; all rows (`full`); or so many at random (`100`, of E2E_SEED). */
export function chosenCases(matrix: string | undefined, seed: string | undefined): readonly Case[] {
  if (!matrix) return pairwise(EVERY_CASE as readonly (Case & Record<string, string>)[]);
  if (matrix === "full") return EVERY_CASE;
  const count = Number(matrix);
  if (!Number.isInteger(count) || count < 1) throw new Error("E2E_MATRIX: full, or how many at random");
  return sample(EVERY_CASE, count, Number(seed ?? 1));
}

/** A test's name. */
export function nameOf({ context, method, outcome, language, script }: Case): string {
  return `${context} ${method} ${outcome} ${language}${script === "off" ? " no script" : ""}`;
}
