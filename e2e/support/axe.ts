import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { RunOptions } from "axe-core";

const source = readFileSync(
  createRequire(createRequire(import.meta.url).resolve("@axe-core/playwright")).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** WCAG 2.2 AA, as far as a machine can tell. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Those of its rules that a theme can break: all that ask for a colour. */
const COLOURS = ["color-contrast", "link-in-text-block"];

const SCOPES = {
  everything: { type: "tag", values: TAGS },
  colours: { type: "rule", values: COLOURS },
} as const satisfies Record<string, NonNullable<RunOptions["runOnly"]>>;
export type Scope = keyof typeof SCOPES;

/**
 * What axe finds on the page and in its frames, one line a thing. Its script is loaded into a document once, and its result is
 * put together there: AxeBuilder loads it four times a look, and opens a second page, which took two thirds of a look's time.
 */
export async function violations(page: Page, scope: Scope): Promise<string[]> {
  for (const frame of page.frames())
    if (!(await frame.evaluate(() => "axe" in window))) {
      await frame.evaluate(source);
      await frame.evaluate(() => (window as unknown as AxeWindow).axe.configure({ allowedOrigins: ["<unsafe_all_origins>"] }));
    }
  const { violations: found, incomplete } = await page.evaluate(look, {
    runOnly: SCOPES[scope],
    resultTypes: ["violations", "incomplete"],
    // Its wait for style sheets serves a rule that is not among ours.
    preload: { assets: ["media"], timeout: 5_000 },
  } as RunOptions);
  // A frame that axe could not look into is no frame without faults.
  return [...found, ...incomplete.filter((rule) => rule.id === "frame-tested")].flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")} (${node.failureSummary?.split("\n")[1]?.trim()})`),
  );
}

interface AxeWindow {
  axe: Pick<typeof import("axe-core"), "run" | "configure">;
}

/** In the page. */
async function look(options: RunOptions) {
  const { axe } = window as unknown as AxeWindow;
  const { violations, incomplete } = await axe.run(document, options);
  return { violations, incomplete };
}
