/** How a way to somewhere else looks within words and lists. */
export const LINK = "text-jade underline underline-offset-3";
