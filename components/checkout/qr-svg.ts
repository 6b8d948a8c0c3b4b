import { create } from "qrcode";

/** Light modules around the code (ISO/IEC 18004 §9.1). */
const QUIET = 4;
/** Codes kept: the same page is drawn again and again while the shopper waits. */
const MOST_KEPT = 2_000;

const kept = new Map<string, { size: number; path: string }>();

/** `drawQr` of a text that is shown again and again: computed once. Not for secrets, which nothing should keep. */
export function qrSvg(text: string): { size: number; path: string } {
  const known = kept.get(text);
  if (known) return known;
  const made = drawQr(text);
  const oldest = kept.size >= MOST_KEPT ? kept.keys().next() : null;
  if (oldest && !oldest.done) kept.delete(oldest.value);
  kept.set(text, made);
  return made;
}

/** The code of `text` at level M as one SVG path of horizontal runs, and the side of its viewBox in modules, quiet zone included. */
export function drawQr(text: string): { size: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  let path = "";
  for (let row = 0; row < modules.size; row += 1) {
    let run = 0;
    for (let column = 0; column <= modules.size; column += 1) {
      if (column < modules.size && modules.get(row, column)) run += 1;
      else if (run > 0) {
        path += `M${column - run + QUIET} ${row + QUIET}h${run}v1h-${run}z`;
        run = 0;
      }
    }
  }
  return { size: modules.size + 2 * QUIET, path };
}
