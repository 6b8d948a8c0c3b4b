import { readFileSync } from "node:fs";
import path from "node:path";
import { OPEN_TO_ALL, ROWS } from "#app/action-rows-testing.ts";
import { OPEN_ROUTES, PAGES, type PageRow } from "#app/page-rows-testing.ts";
import { filledIn, may, type Scene } from "#app/scene-testing.ts";
import { translator } from "#lib/i18n/translator.ts";
import { distDir } from "../../scripts/build.ts";
import { expect, test } from "../fixtures.ts";
import {
  type AccessWorld,
  type Answer,
  FOREIGN_MARK,
  inFours,
  OUTSIDERS,
  OWN_MARK,
  openAccessWorld,
  ROLES,
  type Who,
} from "../support/access-world.ts";
import { serverActions } from "../support/server-actions.ts";

test.describe.configure({ mode: "default" });
let world: AccessWorld;

test.beforeAll(async ({ server, ledger }) => {
  world = await openAccessWorld(server, ledger);
});
test.afterAll(() => world?.close());

const words = translator("en", "dashboard");
/** The screens that are drawn in place of what somebody may not see: for a role, and for who belongs to no merchant. They answer 200. */
const REFUSALS = [words("forbidden.title"), words("frame.noMerchant.title")].flatMap((title) => [
  `>${title}</h1>`,
  `"children":"${title}"`,
]);
const isRefused = (text: string) => REFUSALS.some((one) => text.includes(one));

test("every page, route and action of the build has a row", () => {
  const built = JSON.parse(readFileSync(path.join(distDir, "app-path-routes-manifest.json"), "utf8")) as Record<string, string>;
  const files = Object.keys(built).map((one) => `app${one}.${one.endsWith("/route") ? "ts" : "tsx"}`);
  expect(files.filter((file) => !(file in PAGES) && !(file in OPEN_ROUTES) && !/^app\/(_|icon|favicon)/.test(file))).toEqual([]);
  const actions = serverActions().map(({ row }) => row);
  expect(actions.filter((row) => !(row in ROWS) && !(row in OPEN_TO_ALL))).toEqual([]);
});

/**
 * As a document, and as the data of one: on a fresh router, and on one that says it has all layouts already. Everybody asks for the
 * first two; for the last, one who may see little, one from elsewhere and nobody.
 */
const WAYS = ["document", "data", "data alone"] as const;
type Way = (typeof WAYS)[number];
const EVERYBODY = [...ROLES, "platform", ...OUTSIDERS] as const;
const ASKING: Readonly<Record<Way, readonly Who[]>> = {
  document: EVERYBODY,
  data: EVERYBODY.filter((who) => who !== "former" && who !== "ended"),
  "data alone": ["viewer", "stranger", "nobody"],
};

test("every page, over HTTP: shown to whom the tables say, and nothing of it to anybody else", async () => {
  const asked = Object.entries(PAGES).flatMap(([file, row]) => WAYS.flatMap((way) => ASKING[way].map((who) => ({ file, row, who, way }))));
  const wrong: string[] = [];
  await inFours(asked, async ({ file, row, who, way }) => {
    const answer = await read(file, row, who, way, world.own);
    const problem = judged(answer, row, who);
    if (problem) wrong.push(`${file}, ${who}, ${way}: ${problem} (${answer.status} ${answer.to})`);
  });
  expect(wrong).toEqual([]);
});

test("another merchant's things, over HTTP: to each role as unknown as nobody's", async () => {
  const asked = Object.entries(PAGES).flatMap(([file, row]) =>
    Object.values(row.params ?? {}).some((value) => value.startsWith("@"))
      ? ROLES.flatMap((who) => (["document", "data"] as const).map((way) => ({ file, row, who, way })))
      : [],
  );
  const wrong: string[] = [];
  await inFours(asked, async ({ file, row, who, way }) => {
    const { status, text } = await read(file, row, who, way, world.foreign);
    // Their own id stands in the address they asked for; nothing else of them is there.
    const [id = ""] = Object.values(filledIn(row.params ?? {}, world.foreign));
    const rest = text.replaceAll(id, "").replaceAll(encodeURIComponent(id), "");
    const told = [FOREIGN_MARK, ...Object.values(world.foreign)].filter((one) => rest.includes(one));
    if (told.length > 0) wrong.push(`${file}, ${who}, ${way}: shows ${told}`);
    const unknown = may(row.needs, who) ? status === 404 : isRefused(text) || status === 404;
    if (!unknown) wrong.push(`${file}, ${who}, ${way}: answers ${status}`);
  });
  expect(wrong).toEqual([]);
  const written = await world.writes.take();
  // Whoever opens the page of two-step sign-in is given the key of an app to confirm.
  expect(written.filter(({ table }) => table !== "user_totp")).toEqual([]);
});

async function read(file: string, row: PageRow, who: Who, way: Way, things: Scene): Promise<Answer> {
  const address = addressOf(file, filledIn(row.params ?? {}, things), filledIn(row.search ?? {}, things));
  if (way === "document") return world.ask(who, address);
  const headers: Record<string, string> = { RSC: "1" };
  if (way === "data alone")
    headers["Next-Router-State-Tree"] = encodeURIComponent(JSON.stringify(stateOf(file, filledIn(row.params ?? {}, things))));
  const first = await world.ask(who, address, { headers });
  // The name of the answer in a cache is made from the headers and has to be right: Next says which it is.
  return /[?&]_rsc/.test(first.to) ? world.ask(who, first.to, { headers }) : first;
}

function judged({ status, to, text }: Answer, row: PageRow, who: Who): string | null {
  const marked = text.includes(OWN_MARK);
  if (text.includes(FOREIGN_MARK) && who !== "stranger" && who !== "platform") return "shows another merchant's";
  if (who === "nobody" || who === "ended") return /^\/sign-in\?next=/.test(to) && !marked ? null : "not sent to sign in";
  const role = who === "platform" ? who : (ROLES.find((one) => one === who) ?? null);
  if (!row.empty && may(row.needs, role)) {
    if (status !== 200 || to || isRefused(text)) return "not shown";
    return row.shows && !marked ? "shown without what it is about" : null;
  }
  if (marked) return "shows what it must not";
  // A page of no thing in particular is, for the stranger, one of their own merchant.
  const theirs = who === "stranger" && !row.params && !row.empty && may(row.needs, "owner");
  return theirs || isRefused(text) || status === 404 || to !== "" ? null : "not refused";
}

/** Where a page is: the file's path without groups, its parts in brackets filled in. */
function addressOf(file: string, params: Record<string, string>, search: Record<string, string>): string {
  const parts = partsOf(file).map((part) => (/^\[/.test(part) ? encodeURIComponent(params[nameIn(part)] ?? "nothing") : part));
  const query = new URLSearchParams(search).toString();
  return `/${parts.filter((part) => !part.startsWith("(")).join("/")}${query && `?${query}`}`;
}

/** What the browser's router says it is on: this very page, whose last part alone is asked for. */
function stateOf(file: string, params: Record<string, string>): unknown {
  const segments = partsOf(file).map((part) =>
    part.startsWith("[") ? [nameIn(part), params[nameIn(part)] ?? "nothing", part.startsWith("[...") ? "c" : "d", null] : part,
  );
  const leaf: unknown = ["__PAGE__", {}, null, "refetch"];
  return segments.reduceRight((inner: unknown, segment) => [segment, { children: inner }], leaf) as unknown;
}

const partsOf = (file: string) => file.split("/").slice(1, -1);
const nameIn = (part: string) => part.replace(/[[\].]/g, "");
