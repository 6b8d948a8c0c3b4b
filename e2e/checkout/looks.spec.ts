import { expect, test } from "../fixtures.ts";
import { violations } from "../support/axe.ts";
import { recolour } from "../support/looks.ts";

const FRAME = `<html lang=en><title>Inside</title><main><h1>Inside</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></main></html>`;
const PAGE = `<html lang=en><title>Outside</title>
<style>p { color: #222; background: #fff } [data-theme=dark] p { color: #333; background: #222 }</style>
<main><h1>Outside</h1><p>Words</p><iframe title="Inside" srcdoc='${FRAME}'></iframe></main></html>`;

test("the look at a page finds what is wrong in it, in a frame of it, and in one theme only", async ({ page }) => {
  await page.setContent(PAGE);
  await page.frameLocator("iframe").locator("img").waitFor();
  expect(await violations(page, "everything")).toContainEqual(expect.stringMatching(/^image-alt: iframe img /));
  expect(await violations(page, "colours")).toEqual([]);
  await recolour(page, "dark");
  expect(await violations(page, "colours")).toEqual([expect.stringMatching(/^color-contrast: p /)]);
});
