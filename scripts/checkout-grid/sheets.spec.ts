import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "../../e2e/fixtures.ts";
import { STATES } from "../../e2e/support/states.ts";
import { TROUBLES } from "../../e2e/support/troubles.ts";
import { DRESSES, FOLDER, pictureOf, SIZES } from "./looks.ts";

const NAMES = Object.keys({ ...STATES, ...TROUBLES });
/** How many pictures stand side by side on a sheet of 1,800 pixels, and how many on one sheet. */
const ACROSS = { 360: 8, 390: 8, 820: 6, 1280: 4 } as const;
const DOWN = 2;

for (const { width } of SIZES)
  for (const look of DRESSES) {
    test(`a sheet ${width} ${look.theme} ${look.locale}`, async ({ page, watch }) => {
      watch.allow(/./);
      const pictures = NAMES.map((state) => ({ state, file: pictureOf(state, width, look) })).filter(({ file }) => existsSync(file));
      const each = ACROSS[width] * DOWN;
      for (let from = 0; from < pictures.length; from += each) {
        const cells = pictures
          .slice(from, from + each)
          .map(({ state, file }) => `<figure><img src="${pathToFileURL(file)}"><figcaption>${state}</figcaption></figure>`);
        const style = `body{margin:8px;background:#888;display:grid;grid-template-columns:repeat(${ACROSS[width]},1fr);gap:8px;font:12px sans-serif}
          figure{margin:0}img{width:100%;max-height:620px;object-fit:cover;object-position:top}`;
        const sheet = path.join(FOLDER, `sheet_${width}_${look.theme}_${look.locale}_${from / each}`);
        writeFileSync(`${sheet}.html`, `<!doctype html><meta charset="utf-8"><style>${style}</style>${cells.join("")}`);
        await page.setViewportSize({ width: 1800, height: 1000 });
        await page.goto(pathToFileURL(`${sheet}.html`).href);
        await page.screenshot({ path: `${sheet}.png`, fullPage: true });
      }
    });
  }
