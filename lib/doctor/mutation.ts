import type { Cause, CauseId } from "#lib/doctor/causes.ts";
import type { BlobSource, Pair, PairSource, Recipe } from "#lib/doctor/recipe.ts";

/** One thing that may have gone wrong, and what the signed text would then have been. */
export interface Mutation {
  cause: Cause;
  /** Two mutations of one axis say different things of the same matter: they are never tried together. */
  axis: string;
  /** Unlikely together with anything else: only tried by itself. */
  alone?: boolean;
  apply: (recipe: Recipe) => Recipe;
}

/** A change of the recipe itself. */
export function changed(id: CauseId, axis: string, form: string, change: Partial<Recipe>): Mutation {
  return { cause: { id, form }, axis, apply: (recipe) => ({ ...recipe, ...change }) };
}

/** A change of how pairs are put together; nothing for a blob. */
export function pairsChanged(id: CauseId, axis: string, form: string, change: Partial<PairSource>): Mutation {
  return { cause: { id, form }, axis, apply: (recipe) => onPairs(recipe, (source) => ({ ...source, ...change })) };
}

export function onPairs(recipe: Recipe, change: (source: PairSource) => PairSource): Recipe {
  return recipe.source.kind === "pairs" ? { ...recipe, source: change(recipe.source) } : recipe;
}

export function onBlob(recipe: Recipe, change: (source: BlobSource) => BlobSource): Recipe {
  return recipe.source.kind === "blob" ? { ...recipe, source: change(recipe.source) } : recipe;
}

/** A change of each pair's value, or of one field's; `null` leaves a value as it is. */
export function valuesChanged(cause: Cause, axis: string, change: (pair: Pair) => string | null): Mutation {
  return {
    cause,
    axis: cause.field === undefined ? axis : `${axis} ${cause.field}`,
    apply: (recipe) =>
      onPairs(recipe, (source) => ({
        ...source,
        pairs: source.pairs.map((pair) => {
          if (cause.field !== undefined && pair.name !== cause.field) return pair;
          const value = change(pair);
          return value === null || value === pair.value ? pair : { ...pair, value };
        }),
      })),
  };
}
