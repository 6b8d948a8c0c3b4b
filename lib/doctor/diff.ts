/** A piece of a text: the same on both sides, or on this side only. */
export interface Piece {
  text: string;
  same: boolean;
}

/** More pieces than this are compared only by their ends: the table below is their product. */
const TOKENS_MAX = 700;

/** Two texts side by side, cut where fields and JSON are; what is only on one side is marked. */
export function diff(left: string, right: string): { left: Piece[]; right: Piece[] } {
  const [a, b] = [tokensOf(left), tokensOf(right)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const middle = commonOf(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const head = flags(start);
  const tail = flags(end);
  return { left: pieces(a, [...head, ...middle.left, ...tail]), right: pieces(b, [...head, ...middle.right, ...tail]) };
}

function tokensOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_.-]+|./gsu) ?? [];
}

function flags(count: number): boolean[] {
  return new Array<boolean>(count).fill(true);
}

// The longest common subsequence, by the textbook's table.
function commonOf(a: readonly string[], b: readonly string[]): { left: boolean[]; right: boolean[] } {
  const left = new Array<boolean>(a.length).fill(false);
  const right = new Array<boolean>(b.length).fill(false);
  if (a.length > TOKENS_MAX || b.length > TOKENS_MAX) return { left, right };
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      table[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      left[i] = true;
      right[j] = true;
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return { left, right };
}

function pieces(tokens: readonly string[], same: readonly boolean[]): Piece[] {
  const found: Piece[] = [];
  tokens.forEach((token, index) => {
    const flag = same[index] ?? false;
    const last = found.at(-1);
    if (last && last.same === flag) last.text += token;
    else found.push({ text: token, same: flag });
  });
  return found;
}
