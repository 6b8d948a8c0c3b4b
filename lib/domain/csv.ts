/** Excel takes a file for UTF-8 only when it begins with this. */
export const BOM = "\ufeff";

/**
 * One line of a CSV file (RFC 4180) that no spreadsheet computes with: a cell that would be a formula begins with an apostrophe, and
 * so does a number of more than fifteen digits, which Excel would round. Ends with CR LF.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

// OWASP "CSV injection": = + - @, tab, CR and LF, also in full width, begin a formula; some programs skip blanks before it.
const FORMULA = /^[\s\u00a0\ufeff\0]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
const ROUNDED = /^\d{16,}$/;

function cell(text: string): string {
  const safe = FORMULA.test(text) || ROUNDED.test(text) ? `'${text}` : text;
  return /[",\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
