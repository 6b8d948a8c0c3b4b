import { expect, it } from "vitest";
import { cutText } from "#lib/domain/cut.ts";

it.each([
  ["Tea", 3, "Tea"],
  ["Teapot", 3, "Tea"],
  ["茶壶", 1, "茶"],
  ["T😀a", 3, "T😀"],
  ["Te😀", 3, "Te"],
  ["😀", 1, ""],
])("%s cut to %i units is %s: no half of a character is left", (text, most, cut) => {
  expect(cutText(text, most)).toBe(cut);
});
