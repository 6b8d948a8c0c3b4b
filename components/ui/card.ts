/** A surface that holds one matter. */
export const CARD = "rounded-card border border-line bg-surface p-4 sm:p-5";
