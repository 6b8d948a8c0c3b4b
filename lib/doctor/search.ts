import { type Cause, tolerated, weightOf } from "#lib/doctor/causes.ts";
import { digestOf, fits, type Reading } from "#lib/doctor/given.ts";
import type { Mutation } from "#lib/doctor/mutation.ts";
import { forgetWritten, fullText, type Recipe } from "#lib/doctor/recipe.ts";

/** What explains a signature: the causes, likeliest matter first, and the recipe that makes it. */
export interface Explanation {
  causes: readonly Cause[];
  recipe: Recipe;
}

/** A recipe to begin with, and what is wrong already before anything is varied. */
export interface Start {
  recipe: Recipe;
  causes: readonly Cause[];
}

/** More than this at once is a guess, not an explanation. */
const CAUSES_MAX = 2;
/** So many explanations are kept; the first is the one to look at. */
const KEPT = 4;
/** So many pairs are tried at a time (some 2 ms), then others have their turn and the clock is looked at. */
const PAIRS_A_LOOK = 128;
/** Causes of less weight are rare enough by themselves: never two at once. */
const LIKELY = 50;

/**
 * Varies each start until it comes to one of the readings: as it is, then one thing at a time, then two. Ends at `until` (as
 * `now` tells it): the simplest explanations are tried first, so what is cut off is the least likely.
 */
export async function search(
  starts: readonly Start[],
  mutationsOf: (recipe: Recipe) => Mutation[],
  readings: readonly Reading[],
  clock: { now: () => number; until: number },
): Promise<Explanation[]> {
  const found: Explanation[] = [];
  const look = (recipe: Recipe, causes: readonly Cause[], text = fullText(recipe)) => {
    const digest = digestOf(recipe, text);
    for (const reading of readings) {
      if (!fits(digest, reading)) continue;
      const all = [...causes, ...reading.causes];
      const real = all.filter((cause) => !tolerated(cause));
      if (causes.length === 0 || real.length <= CAUSES_MAX) found.push({ causes: ranked(all), recipe });
    }
  };
  const rounds = [
    () => starts.forEach(({ recipe, causes }) => void look(recipe, causes)),
    ...starts.map((start) => () => singles(start, mutationsOf(start.recipe), look)),
    ...starts
      .filter(({ causes }) => causes.every(tolerated))
      .map((start) => () => pairs(start, mutationsOf(start.recipe), look, clock, found)),
  ];
  for (const round of rounds) {
    if (found.length > 0 || clock.now() > clock.until) break;
    await round();
    await breath();
  }
  forgetWritten();
  return best(found);
}

type Look = (recipe: Recipe, causes: readonly Cause[], text?: string) => void;

interface Effective {
  mutation: Mutation;
  recipe: Recipe;
  text: string;
}

// Only what changes the text or the digest can explain anything; the likeliest first.
function effective(base: Recipe, mutations: readonly Mutation[]): Effective[] {
  const before = fullText(base);
  return mutations
    .map((mutation) => {
      const recipe = mutation.apply(base);
      return { mutation, recipe, text: fullText(recipe) };
    })
    .filter(({ recipe, text }) => text !== before || recipe.key !== base.key || charsetMatters(recipe, text))
    .sort((a, b) => weightOf([b.mutation.cause]) - weightOf([a.mutation.cause]));
}

function charsetMatters({ charset }: Recipe, text: string): boolean {
  return charset === "utf-16le" || (charset !== "utf-8" && /[\u0080-\uffff]/.test(text));
}

function singles(start: Start, mutations: readonly Mutation[], look: Look): void {
  for (const { mutation, recipe, text } of effective(start.recipe, mutations)) look(recipe, [...start.causes, mutation.cause], text);
}

// Likely with likely before likely with unlikely: along the diagonals, until the time is up.
async function pairs(
  start: Start,
  mutations: readonly Mutation[],
  look: Look,
  clock: { now: () => number; until: number },
  found: readonly Explanation[],
): Promise<void> {
  const list = effective(
    start.recipe,
    mutations.filter(({ alone, cause }) => !alone && weightOf([cause]) >= LIKELY),
  );
  let tried = 0;
  for (let sum = 1; sum <= 2 * list.length - 3; sum += 1) {
    for (let second = Math.min(sum, list.length - 1); second > sum - second; second -= 1) {
      const [a, b] = [list[sum - second], list[second]];
      if (!a || !b || a.mutation.axis === b.mutation.axis) continue;
      look(b.mutation.apply(a.recipe), [...start.causes, a.mutation.cause, b.mutation.cause]);
      tried += 1;
      if (tried % PAIRS_A_LOOK !== 0) continue;
      if (clock.now() > clock.until) return;
      await breath();
    }
    if (found.length > 0) return;
  }
}

// Payments go on while somebody's signature is looked at: no more than some milliseconds at a time.
function breath(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

function ranked(causes: readonly Cause[]): Cause[] {
  return causes.toSorted((a, b) => Number(tolerated(a)) - Number(tolerated(b)) || weightOf([b]) - weightOf([a]));
}

// Fewest causes, then the likeliest; the same causes in another variation are said once.
function best(found: readonly Explanation[]): Explanation[] {
  const order = found.toSorted((a, b) => realOf(a) - realOf(b) || weightOf(b.causes) - weightOf(a.causes));
  const seen = new Set<string>();
  const distinct = order.filter(({ causes }) => {
    const name = causes.map(({ id, field }) => `${id} ${field ?? ""}`).join("|");
    return seen.size !== seen.add(name).size;
  });
  return distinct.slice(0, KEPT);
}

function realOf({ causes }: Explanation): number {
  return causes.filter((cause) => !tolerated(cause)).length;
}
