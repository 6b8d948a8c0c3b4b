/** Whether a text can be kept and signed: a lone surrogate has no UTF-8, and NUL fits in no database text. */
export function isPlain(text: string): boolean {
  return !text.includes("\0") && Buffer.from(text, "utf8").toString("utf8") === text;
}

/** How many characters a person counts, which is what the document's lengths are in. */
export function lengthOf(text: string): number {
  return [...text].length;
}
