import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine } from "#lib/domain/csv.ts";

describe("a line of a CSV file", () => {
  it.each([
    ["plain", "plain"],
    ["88.00", "88.00"],
    ["茶, hot", '"茶, hot"'],
    ['say "hi"', '"say ""hi"""'],
    ["two\nlines", '"two\nlines"'],
    ["=1+1", `"'=1+1"`],
    ["+86 138", `"'+86 138"`],
    ["-5", `"'-5"`],
    ["@SUM(A1)", `"'@SUM(A1)"`],
    ["\t=1", `"'\t=1"`],
    ["\r=1", `"'\r=1"`],
    ["  =cmd|' /C calc'!A0", `"'  =cmd|' /C calc'!A0"`],
    ["＝1", `"'＝1"`],
    ["＋1", `"'＋1"`],
    ["－1", `"'－1"`],
    ["＠SUM(A1)", `"'＠SUM(A1)"`],
    ["\n=1", `"'\n=1"`],
    ["\u00a0=1", `"'\u00a0=1"`],
    ["\u3000＝1", `"'\u3000＝1"`],
    ["\ufeff=1", `"'\ufeff=1"`],
    ["\0=1", `"'\0=1"`],
    ["1=1", "1=1"],
    ["420000202611201234567890", `"'420000202611201234567890"`],
    ["123456789012345", "123456789012345"],
  ])("%j is written %j", (text, written) => {
    expect(csvLine([text])).toBe(`${written}\r\n`);
  });

  it("is read back by a foreign reader as the same cells, and no cell begins a formula", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({
            unit: fc.constantFrom("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", ",", '"', "'", "a", "茶", " ", "1"),
          }),
          {
            minLength: 2,
            maxLength: 5,
          },
        ),
        (cells) => {
          const [read] = parse(csvLine(cells), { record_delimiter: "\r\n", skip_empty_lines: false }) as string[][];
          expect(read?.map((text, index) => (cells[index] === text ? text : text.replace(/^'/, "")))).toEqual(cells);
          for (const text of read ?? []) expect(text).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/);
        },
      ),
    );
  });
});
