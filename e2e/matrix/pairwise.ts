/** One value for each column. */
export type RowOf<C extends Columns> = { readonly [Name in keyof C]: C[Name][number] };
export type Columns = Readonly<Record<string, readonly string[]>>;

/** Every combination of the columns' values that `valid` allows, the last column turning fastest. */
export function everyRow<const C extends Columns>(columns: C, valid: (row: RowOf<C>) => boolean): RowOf<C>[] {
  let rows: Record<string, string>[] = [{}];
  for (const [name, values] of Object.entries(columns)) rows = rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value })));
  return (rows as RowOf<C>[]).filter(valid);
}

/** The pairs of values of every two columns that stand together in a row. */
export function pairsOf(row: Readonly<Record<string, string>>): string[] {
  const cells = Object.entries(row).map(([name, value]) => `${name}=${value}`);
  return cells.flatMap((cell, at) => cells.slice(at + 1).map((other) => `${cell} ${other}`));
}

/**
 * A few of `rows` in which every pair that stands together in any of them stands together: all-pairs testing. Greedy, the
 * row with the most new pairs first, the earlier one of two as good: the same rows give the same selection.
 */
export function pairwise<Row extends Readonly<Record<string, string>>>(rows: readonly Row[]): Row[] {
  const numbers = new Map<string, number>();
  const numberOf = (pair: string): number => numbers.get(pair) ?? numbers.set(pair, numbers.size).size - 1;
  const left = rows.map((row) => ({ row, pairs: pairsOf(row).map(numberOf) }));
  const open = new Uint8Array(numbers.size).fill(1);
  const gainOf = (pairs: readonly number[]): number => pairs.reduce((sum, pair) => sum + (open[pair] ?? 0), 0);
  const chosen: Row[] = [];
  for (;;) {
    let best: (typeof left)[number] | null = null;
    let most = 0;
    for (const one of left) {
      const gain = gainOf(one.pairs);
      if (gain > most) [best, most] = [one, gain];
    }
    if (!best) return chosen;
    chosen.push(best.row);
    for (const pair of best.pairs) open[pair] = 0;
  }
}

/** `count` of the rows, drawn without returning by a generator of the seed's own (mulberry32). */
export function sample<Row>(rows: readonly Row[], count: number, seed: number): Row[] {
  const left = [...rows];
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Array.from({ length: Math.min(count, rows.length) }, () => left.splice(Math.floor(next() * left.length), 1)).flat();
}
