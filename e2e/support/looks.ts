import { expect, type Page } from "@playwright/test";
import { type Scope, violations } from "./axe.ts";

export const THEMES = ["light", "dark"] as const;
export const LOCALES = ["zh-CN", "zh-HK", "en"] as const;

/** The widths of small phones, in CSS pixels; 320 is a desktop's 1280 at 400 % (WCAG 1.4.10). */
export const NARROW = [320, 360, 390] as const;

/**
 * Puts the page into one theme and language by the cookies people's own choices make, and loads it anew: by `address` where the
 * page takes out of its own what was said once (a problem, for instance).
 */
export async function dress(
  page: Page,
  look: { theme: (typeof THEMES)[number]; locale: (typeof LOCALES)[number] },
  origin: string,
  address?: string,
): Promise<void> {
  await page.context().addCookies([
    { name: "theme", value: look.theme, url: origin },
    { name: "lang", value: look.locale, url: origin },
  ]);
  await page.emulateMedia({ colorScheme: look.theme, reducedMotion: "reduce" });
  if (address === undefined) await page.reload();
  else await page.goto(address);
}

/** Puts the page that is shown into the other theme, by the attribute the server would give it, without loading it anew. */
export async function recolour(page: Page, theme: (typeof THEMES)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  await page.evaluate((name) => {
    document.documentElement.setAttribute("data-theme", name);
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
  }, theme);
}

/** WCAG 2.2 AA, as far as a machine can tell; `what` names the state in the failure. */
export async function expectAccessible(page: Page, what: string, scope: Scope = "everything"): Promise<void> {
  expect(await violations(page, scope), what).toEqual([]);
}

/** Nothing is wider than the screen. */
export async function expectFits(page: Page, what: string): Promise<void> {
  const { wide, width } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    width: document.documentElement.clientWidth,
  }));
  expect(wide, what).toBeLessThanOrEqual(width);
}

/** From here on every document counts how much its content jumps (Cumulative Layout Shift). */
export async function countShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counted = { moves: [] as string[] };
    Object.assign(window, { counted });
    type Shift = { value: number; sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[] };
    const place = ({ x, y, width, height }: DOMRect) => `${x},${y} ${width}x${height}`;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as Shift[]) {
        const what = entry.sources.map((one) => {
          const element = one.node instanceof Element ? one.node : one.node?.parentElement;
          return `${element?.tagName}.${element?.getAttribute("class")} ${place(one.previousRect)} → ${place(one.currentRect)}`;
        });
        counted.moves.push(`${entry.value}: ${what.join("; ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** Nothing jumps: not one layout shift since the document began to load; what moved, and where to, is in the message. */
export async function expectStill(page: Page, what: string): Promise<void> {
  await page.waitForLoadState("load");
  // Two frames later everything the load brings has been painted.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const moves = await page.evaluate(() => (window as unknown as { counted: { moves: string[] } }).counted.moves);
  expect(moves, what).toEqual([]);
}

/** Interactive things are at least 24 CSS px each way (WCAG 2.5.8), main ones on a phone 44. */
export async function expectTouchable(page: Page, what: string): Promise<void> {
  const small = await page.locator("main a.primary:visible, main button:visible").evaluateAll((all) =>
    all
      .filter((one) => !one.closest("details:not([open])"))
      .flatMap((one) => {
        const { width, height } = one.getBoundingClientRect();
        return width < 24 || height < 24 ? [`${one.textContent?.trim()} ${Math.round(width)}×${Math.round(height)}`] : [];
      }),
  );
  expect(small, what).toEqual([]);
}
