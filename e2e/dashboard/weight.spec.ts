import { gzipSync } from "node:zlib";
import { SCREENS } from "../../components/dashboard/screens.ts";
import { expect, test } from "../fixtures.ts";
import { hire, signIn } from "../support/person.ts";

/** What a screen may load of script at first, compressed (issue 6, item 5). */
const BUDGET = 260_000;

test("no screen of the dashboard loads more script at first than 260 kB", async ({ page, database }) => {
  await signIn(page, await hire(database, "platform"));
  const sizes = new Map<string, number>();
  const sizeOf = async (address: string): Promise<number> => {
    const known = sizes.get(address) ?? gzipSync(await (await page.request.get(address)).body()).byteLength;
    sizes.set(address, known);
    return known;
  };
  for (const { href } of SCREENS) {
    const html = await (await page.request.get(href)).text();
    const addresses = new Set(
      [...html.matchAll(/<script[^>]+src="([^"]+)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag)).map((tag) => tag[1] ?? ""),
    );
    let bytes = gzipSync([...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map((tag) => tag[1]).join("")).byteLength;
    for (const address of addresses) bytes += await sizeOf(address);
    expect(addresses.size, href).toBeGreaterThan(2);
    expect(bytes, href).toBeLessThanOrEqual(BUDGET);
  }
});
