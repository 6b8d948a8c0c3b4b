/** A stream of choices that the seed decides. */
export interface Chance {
  /** True with this probability. */
  happens(probability: number): boolean;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<T>(list: readonly T[]): T | undefined;
}

/** The stream of one actor: streams of different names are independent, so one actor's choices never shift another's. */
export function chance(seed: number, actor: string): Chance {
  let state = seed >>> 0;
  for (const letter of actor) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  // mulberry32 (public domain, Tommy Ettinger): 32 bits of state are plenty for a shopper's few choices.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return { happens: (probability) => next() < probability, between, pick: (list) => list[between(0, list.length - 1)] };
}
