import { globSync, readFileSync } from "node:fs";
import { prerender } from "react-dom/static";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { EMPTY_CASES, type EmptyCase, pageAt } from "#app/empty-cases-testing.ts";
import { PAGES } from "#app/page-rows-testing.ts";
import { SESSION_COOKIE } from "#app/press-testing.ts";
import { request } from "#app/request-testing.ts";
import { may } from "#app/scene-testing.ts";
import type { Empty as RealEmpty } from "#components/ui/empty.tsx";
import { makeMerchant, makeOrder, makeUser } from "#db/queries/dashboard-testing.ts";
import { merchants } from "#db/schema/merchants.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { signedIn } from "#lib/auth-testing.ts";
import { LOCALES } from "#lib/i18n/locale.ts";
import { startBoss, stopBoss } from "#lib/jobs/queues.ts";

const met: Parameters<typeof RealEmpty>[0][] = [];
vi.mock("next/headers", async () => (await import("#app/request-testing.ts")).nextHeaders);
vi.mock("next/cache", async () => (await import("#app/request-testing.ts")).nextCache);
vi.mock("next/navigation", async () => (await import("#app/request-testing.ts")).nextNavigation);
vi.mock("#components/ui/empty.tsx", async (original) => {
  const real = await original<{ Empty: typeof RealEmpty }>();
  const Empty: typeof RealEmpty = (props) => {
    met.push(props);
    return real.Empty(props);
  };
  return { Empty };
});

const ROLES = ["viewer", "operator", "admin", "owner"] as const;
const PEOPLE = [...ROLES, "platform", "alone", "outsider", "nobody"] as const;
type Who = (typeof PEOPLE)[number];

let world: TestDatabase;
const cookieOf = new Map<Who, string>();
const things = new Map([
  ["@account", ""],
  ["@order", ""],
]);
/** What they say in English, by the file that has them. */
const said = new Map<string, Set<string>>();

beforeAll(async () => {
  world = await testDatabase();
  const { database } = world;
  await startBoss({ url: world.url, supervise: false });
  const bare = { timeZone: "Asia/Hong_Kong", webhookSecret: "sealed" };
  await database.insert(merchants).values(["bare", "alone"].map((name) => ({ ...bare, id: `mer_${name}`, name })));
  things.set("@account", await makeMerchant(database, "mer_house", "House"));
  things.set("@order", (await makeOrder(database, "mer_house", { reference: "R-1", currency: "CNY" })).orderId);
  const password = "correct horse battery";
  for (const who of PEOPLE.filter((one) => one !== "nobody")) {
    const role = ROLES.find((one) => one === who);
    const roles = who === "alone" ? { mer_alone: "owner" as const } : role && { mer_bare: role, mer_house: role };
    const id = await makeUser(database, {
      email: `${who}@x.example`,
      password,
      platformAdmin: who === "platform",
      ...(roles && { roles }),
    });
    cookieOf.set(who, (await signedIn(database, id)).cookie);
  }
});
afterAll(async () => {
  await stopBoss();
  await world.close();
});

/** A page as somebody gets it, in whole. */
async function drawn({ file, params = {}, search = {}, merchant = "bare" }: EmptyCase, who: Who, lang: string): Promise<string> {
  const cookie = cookieOf.get(who);
  request.headers = new Headers({ host: "localhost:3000" });
  request.cookies = new Map([["merchant", `mer_${merchant}`], ["lang", lang], ...(cookie ? [[SESSION_COOKIE, cookie] as const] : [])]);
  const filled = Object.entries(params).map(([name, value]) => [name, value.replace(/@\w+/, (thing) => things.get(thing) ?? thing)]);
  const { default: Page } = (await import(/* @vite-ignore */ `../${file}`)) as { default: (props: unknown) => Promise<React.ReactNode> };
  const page = await Page({ params: Promise.resolve(Object.fromEntries(filled)), searchParams: Promise.resolve(search) });
  const { prelude } = await prerender(page);
  return new Response(prelude).text();
}

const roleOf = (who: Who) => {
  if (who === "platform") return who;
  return who === "alone" ? "owner" : (ROLES.find((one) => one === who) ?? null);
};
const peopleOf = ({ file, who }: EmptyCase): readonly Who[] =>
  PEOPLE.filter((one) =>
    who ? who.includes(one) : one !== "alone" && roleOf(one) !== null && may(PAGES[file]?.needs ?? "platform", roleOf(one)),
  );

const nameOf = ({ file, from, merchant, search }: EmptyCase) =>
  [file, from && `(${from})`, merchant, search && JSON.stringify(search)].filter(Boolean).join(" ");

test.each(EMPTY_CASES.map((one) => [nameOf(one), one] as const))("%s", async (_name, one) => {
  const people = peopleOf(one);
  expect(people).not.toEqual([]);
  // Everybody in one language, somebody in all.
  const readers = people.flatMap((who, index) =>
    LOCALES.filter((_lang, of) => index === 0 || of === index % 3).map((lang) => [who, lang] as const),
  );
  for (const [who, lang] of readers) {
    met.length = 0;
    const html = await drawn(one, who, lang);
    expect({ who, met: met.length }).not.toEqual({ who, met: 0 });
    for (const { title, text, next } of met) {
      const from = one.from ?? one.file;
      if (lang === "en") said.set(from, (said.get(from) ?? new Set()).add(`${title} ${text}`));
      expect({ who, title, words: [title, text].every((words) => words.length > 3), ways: next.length > 0 }).toMatchObject({
        words: true,
        ways: true,
      });
      for (const { href, word } of next) {
        expect(html).toContain(`href="${href.replaceAll("&", "&amp;")}"`);
        expect(html).toContain(`>${word}</a>`);
        if (href.startsWith("#")) expect(html).toContain(`id="${href.slice(1)}"`);
        if (href.startsWith("/dashboard") && who !== "outsider")
          expect({ who, href, may: may(pageAt(href)?.needs ?? "platform", roleOf(who)) }).toEqual({ who, href, may: true });
      }
    }
  }
});

test("every empty state written anywhere in the dashboard is among them", () => {
  const written = globSync("{app,components}/**/*.tsx")
    .map((file) => [file, readFileSync(file, "utf8").match(/<Empty\b/g)?.length ?? 0] as const)
    .filter(([file, count]) => count > 0 && !file.includes(".test."));
  expect(written.length).toBeGreaterThan(20);
  expect(written.filter(([file, count]) => (said.get(file)?.size ?? 0) < count)).toEqual([]);
});
