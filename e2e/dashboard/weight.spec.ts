import { gzipSync } from "node:zlib";
import { PAGES } from "#app/page-rows-testing.ts";
import { filledIn, setScene } from "#app/scene-testing.ts";
import { SCREENS } from "../../components/dashboard/screens.ts";
import { expect, test } from "../fixtures.ts";
import { addressOf } from "../support/access-presses.ts";
import { inFours } from "../support/access-world.ts";
import { hire, signIn } from "../support/person.ts";

/** What a screen may load of script at first, compressed (issue 6, item 5). */
const BUDGET = 260_000;

/** What stands behind the rail's screens and has a form, or more to press than a list. */
const FORMS = [
  ...["orders/[id]", "orders/[id]/refund", "refunds/[id]", "accounts/[id]", "accounts/new", "links/new", "links/[id]", "links/[id]/edit"],
  ...["counter/[order]", "payouts/new", "notifications/[id]", "developers/endpoints/[id]/edit", "developers/keys/new", "developers/compat"],
  ...["developers/doctor", "developers/embed", "alerts/channels/[id]/edit", "team/invite", "security", "merchants/new"],
] as const;

const scripts = (html: string) =>
  [...html.matchAll(/<script[^>]+src="([^"]+)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag)).map((tag) => tag[1] ?? "");
const inline = (html: string) => [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map((tag) => tag[1]).join("");
const frames = (html: string) => [...html.matchAll(/<iframe[^>]+src="([^"]+)"/g)].map((tag) => (tag[1] ?? "").replaceAll("&amp;", "&"));

test("no screen of the dashboard, and none behind them, loads more script at first than 260 kB, what it frames counted in", async ({
  page,
  database,
  server,
}) => {
  const things = await setScene(database, { merchantId: "mer_weight", name: "Weight", mark: "WeightMark", origin: server.publicUrl });
  await page.context().addCookies([{ name: "merchant", value: things.merchant, url: server.publicUrl }]);
  await signIn(page, await hire(database, "platform"), "/dashboard/security");
  const sizes = new Map<string, number>();
  const sizeOf = async (address: string): Promise<number> => {
    const known = sizes.get(address) ?? gzipSync(await (await page.request.get(address)).body()).byteLength;
    sizes.set(address, known);
    return known;
  };
  const weigh = async (address: string): Promise<{ scripts: number; bytes: number }> => {
    const answer = await page.request.get(address);
    expect(answer.status(), address).toBe(200);
    const html = await answer.text();
    let bytes = gzipSync(inline(html)).byteLength;
    const its = new Set(scripts(html));
    for (const script of its) bytes += await sizeOf(script);
    for (const frame of frames(html)) bytes += (await weigh(frame)).bytes;
    return { scripts: its.size, bytes };
  };
  const inner = FORMS.map((name) => {
    const file = `app/(dashboard)/dashboard/${name}/page.tsx`;
    const { params = {}, search = {} } = PAGES[file] ?? {};
    return addressOf(file, filledIn(params, things), filledIn(search, things));
  });
  const heavy: Record<string, number> = {};
  await inFours([...SCREENS.map(({ href }) => href), ...inner], async (address) => {
    const weight = await weigh(address);
    expect(weight.scripts, address).toBeGreaterThan(2);
    if (weight.bytes > BUDGET) heavy[address] = weight.bytes;
  });
  expect(heavy).toEqual({});
});
