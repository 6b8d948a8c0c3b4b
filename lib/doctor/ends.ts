/**
 * A text without the characters at its ends that `is` (a pattern of one character) takes. In time that grows with the text alone:
 * `/\s+$/` begins anew at every blank of a long run of them, and a pasted one would hold up the process for seconds.
 */
export function withoutEnds(text: string, is: RegExp): string {
  let begin = 0;
  while (begin < text.length && is.test(text.charAt(begin))) begin += 1;
  return withoutTail(text.slice(begin), is);
}

/** The same of the text's end alone. */
export function withoutTail(text: string, is: RegExp): string {
  let end = text.length;
  while (end > 0 && is.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
