import { globSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { OPEN_TO_ALL, type Press, ROWS } from "#app/action-rows-testing.ts";
import { OPEN_ROUTES, PAGES, type PageRow } from "#app/page-rows-testing.ts";
import { EXPORTS, ORIGIN, SESSION_COOKIE, sendForm } from "#app/press-testing.ts";
import { request } from "#app/request-testing.ts";
import { filledIn, may, type Scene, setScene } from "#app/scene-testing.ts";
import { PlatformRefusal, Refusal } from "#components/dashboard/refusal.tsx";
import { makeUser } from "#db/queries/dashboard-testing.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { signedIn } from "#lib/auth-testing.ts";
import type { MerchantRole } from "#lib/domain/permission.ts";
import { STAFF_ACTIONS, type StaffAction } from "#lib/domain/staff-actions.ts";
import { startBoss, stopBoss } from "#lib/jobs/queues.ts";
import type { Opened } from "#lib/staff.ts";

vi.mock("next/headers", async () => (await import("#app/request-testing.ts")).nextHeaders);
vi.mock("next/cache", async () => (await import("#app/request-testing.ts")).nextCache);
vi.mock("next/navigation", async () => (await import("#app/request-testing.ts")).nextNavigation);
vi.mock("#lib/staff.ts", async (original) => {
  const real = await original<typeof import("#lib/staff.ts")>();
  const openAction = async (...given: Parameters<typeof real.openAction>) => {
    const opened = await real.openAction(...given);
    request.asked.push([given[0], opened]);
    return opened;
  };
  return { ...real, openAction };
});

const ROLES = ["viewer", "operator", "admin", "owner"] as const;
type Who = (typeof ROLES)[number] | "platform" | "stranger" | "stale" | "stale platform" | "nobody";

let world: TestDatabase;
const cookieOf = new Map<Who, string>();
const idOf = new Map<Who, string>();
let own: Scene;
let foreign: Scene;
const written: string[] = [];

beforeAll(async () => {
  world = await testDatabase();
  await startBoss({ url: world.url, supervise: false });
  const person = { password: "correct horse battery" };
  own = await setScene(world.database, { merchantId: "mer_own", name: "Own", mark: "OwnMark", origin: ORIGIN });
  foreign = await setScene(world.database, { merchantId: "mer_foreign", name: "Foreign", mark: "ForeignMark", origin: ORIGIN });
  for (const role of ROLES)
    await enrol(role, await makeUser(world.database, { ...person, email: `${role}@x.example`, roles: { mer_own: role } }));
  await enrol("platform", await makeUser(world.database, { ...person, email: "platform@x.example", platformAdmin: true }));
  await enrol("stranger", await makeUser(world.database, { ...person, email: "stranger@x.example", roles: { mer_foreign: "owner" } }));
  await enrol("stale", await makeUser(world.database, { ...person, email: "stale@x.example", roles: { mer_own: "owner" } }));
  await enrol("stale platform", await makeUser(world.database, { ...person, email: "stale-platform@x.example", platformAdmin: true }));
  const query = pg.Client.prototype.query;
  vi.spyOn(pg.Client.prototype, "query").mockImplementation(function spied(this: pg.Client, ...given: unknown[]) {
    const [first] = given;
    const text = typeof first === "string" ? first : ((first as { text?: string } | undefined)?.text ?? "");
    const note = (result: { rowCount?: number | null } | undefined) => {
      if (WRITES.test(text) && (result?.rowCount ?? 0) > 0) written.push(text);
    };
    const last = given.at(-1);
    if (typeof last === "function") {
      given[given.length - 1] = (error: unknown, result: { rowCount: number | null }) => {
        note(result);
        last(error, result);
      };
      return (query as (...all: unknown[]) => unknown).apply(this, given);
    }
    return (query as (...all: unknown[]) => Promise<{ rowCount: number | null }>).apply(this, given).then((result) => {
      note(result);
      return result;
    });
  } as never);
});
afterAll(async () => {
  await stopBoss();
  await world.close();
});

async function enrol(who: Who, userId: string): Promise<void> {
  const { sessionId, cookie } = await signedIn(world.database, userId);
  if (who.startsWith("stale"))
    await world.database.$client.query(
      "update sessions set reauthenticated_at = now() - interval '1 hour', last_seen_at = now() where id = $1",
      [sessionId],
    );
  cookieOf.set(who, cookie);
  idOf.set(who, userId);
}

const WRITES = /^\s*(with\b[\s\S]*\b)?(insert|update|delete)\b/i;

const ROUTE_FILES = globSync("app/**/{page.tsx,route.ts}").sort();

test("every page and route has a row", () => {
  expect(ROUTE_FILES.filter((file) => !(file in PAGES) && !(file in OPEN_ROUTES))).toEqual([]);
});

/** Opens a page as somebody: `page`, `refused` (drawn as such), or where it sends them. */
async function open(file: string, { params = {}, search = {} }: PageRow, who: Who, things: Scene): Promise<string> {
  request.headers = new Headers({ host: "localhost:3000" });
  const cookie = cookieOf.get(who);
  request.cookies = new Map([["merchant", own.merchant], ...(cookie ? [[SESSION_COOKIE, cookie] as const] : [])]);
  const { default: Page } = (await import(/* @vite-ignore */ `../${file}`)) as { default: (props: unknown) => Promise<unknown> };
  return Promise.resolve(
    Page({ params: Promise.resolve(filledIn(params, things)), searchParams: Promise.resolve(filledIn(search, things)) }),
  ).then(
    (drawn) => (isRefusal(drawn) ? "refused" : "page"),
    (error: Error) => error.message,
  );
}

function isRefusal(drawn: unknown): boolean {
  const { type, props } = drawn as { type?: unknown; props?: { view?: string } };
  return type === Refusal || type === PlatformRefusal || props?.view === "forbidden";
}

/** What the tables go by; the owner of another merchant is nobody in this one. */
function roleOf(who: Who): MerchantRole | "platform" | null {
  return who === "platform" ? who : (ROLES.find((role) => role === who) ?? null);
}

const SEEN = Object.entries(PAGES).filter(([file]) => ROUTE_FILES.includes(file));

test.each(SEEN)("%s", async (file, row) => {
  expect(await open(file, row, "nobody", own)).toMatch(/^redirect \/sign-in/);
  for (const who of [...ROLES, "platform"] as const) {
    const came = await open(file, row, who, own);
    if (!row.empty && may(row.needs, roleOf(who))) expect(came, who).toBe("page");
    else expect(came, who).toMatch(/^(refused|not found|redirect .*)$/);
  }
});

test.each(SEEN.filter(([, { params = {} }]) => Object.values(params).some((value) => value.startsWith("@"))))(
  "another merchant's is as unknown as nobody's: %s",
  async (file, row) => {
    const unknown = Object.fromEntries(Object.entries(own).map(([name, id]) => [name, unknownLike(id)])) as Scene;
    const came = await open(file, row, "stranger", own);
    expect(came).not.toBe("page");
    expect(await open(file, row, "stranger", unknown)).toBe(came);
  },
);

test("a merchant's orders are exported by who may, and each export is in the audit", async () => {
  const { POST } = await import("#app/(dashboard)/dashboard/orders/export/route.ts");
  const audited = async () => (await world.database.$client.query("select actor_id from audit where action = 'orders.export'")).rows.length;
  for (const who of [...ROLES, "platform", "stranger"] as const) {
    const before = await audited();
    const body = new FormData();
    body.set("merchant", own.merchant);
    body.set("fields", "state=paid");
    const headers = { host: "localhost:3000", origin: ORIGIN };
    request.headers = new Headers(headers);
    request.cookies = new Map([[SESSION_COOKIE, cookieOf.get(who) ?? ""]]);
    const answer = await POST(new Request(`${ORIGIN}/dashboard/orders/export`, { method: "POST", body, headers }));
    const allowed = mayDo(who, "orders.export");
    expect([answer.status, answer.headers.get("content-type")], who).toEqual(allowed ? [200, "text/csv; charset=utf-8"] : [303, null]);
    if (allowed) expect(new Uint8Array(await answer.arrayBuffer()).slice(0, 3), who).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
    expect(await audited(), who).toBe(before + (allowed ? 1 : 0));
  }
});

interface Came {
  asked: [string, Opened<unknown>][];
  writes: string[];
  /** What the action answered or threw, as text. */
  outcome: string;
}

/** Presses a form as somebody, through the real handler. */
async function press(
  row: string,
  { fields = {}, params = {} }: Press,
  who: Who,
  things: Scene,
  origin: string | null = ORIGIN,
): Promise<Came> {
  const form = new FormData();
  form.set("merchant", things.merchant);
  for (const [name, value] of Object.entries(filledIn(fields, things))) form.set(name, value);
  written.length = 0;
  const outcome = await sendForm(row, form, { cookie: cookieOf.get(who), origin, params: filledIn(params, things) });
  return { asked: [...request.asked] as Came["asked"], writes: written.filter((text) => !HOUSEKEEPING.test(text)), outcome };
}

/** When a session was last seen, and the count of wrong passwords: what a refused press may write. */
const HOUSEKEEPING = /"sessions" set "last_seen_at"|sign_in_failures/;

const PRESSES = Object.entries(ROWS)
  .filter(([row]) => EXPORTS.some((one) => one.row === row))
  .flatMap(([row, presses]) => presses.map((one) => [`${row} ${one.asks}`, row, one] as const));

test("every server action has a row", () => {
  const known = new Set([...Object.keys(ROWS), ...Object.keys(OPEN_TO_ALL)]);
  expect(EXPORTS.map(({ row }) => row).filter((row) => !known.has(row))).toEqual([]);
});

test("no row is of an action that is gone", () => {
  expect(Object.keys({ ...ROWS, ...OPEN_TO_ALL }).filter((row) => !EXPORTS.some((one) => one.row === row))).toEqual([]);
  expect(Object.keys({ ...PAGES, ...OPEN_ROUTES }).filter((file) => !ROUTE_FILES.includes(file))).toEqual([]);
});

test("every line of STAFF_ACTIONS is reached by a row", () => {
  const reached = new Set(Object.values(ROWS).flatMap((presses) => presses.map(({ asks }) => asks as string)));
  expect(Object.keys(STAFF_ACTIONS).filter((name) => !reached.has(name))).toEqual([]);
});

function mayDo(who: Who, action: StaffAction): boolean {
  return may(STAFF_ACTIONS[action].permission, roleOf(who));
}

test.each(PRESSES)("%s", async (_name, row, one) => {
  const signedOut = await press(row, one, "nobody", own);
  expect(signedOut.outcome).toMatch(/^redirect \/sign-in/);
  expect(signedOut.writes).toEqual([]);
  for (const who of [...ROLES, "platform", "stranger"] as const) {
    const came = await press(row, one, who, own);
    const [last] = came.asked.filter(([name]) => name === one.asks).slice(-1);
    const allowed = mayDo(who, one.asks);
    if (allowed) {
      expect(last, `${who}: ${came.outcome}`).toBeDefined();
      expect(last?.[1].ok, `${who}: ${came.outcome}`).toBe(true);
      continue;
    }
    // Refused here, or sent away before it came to that (the thing cannot be seen, another way is theirs): nothing was written.
    if (last) expect(last[1], who).toEqual({ ok: false, problem: "forbidden" });
    expect(came.writes, who).toEqual([]);
  }
});

test.each(PRESSES)("from another page, or without a word where from: %s", async (_name, row, one) => {
  for (const origin of ["https://evil.example", null]) {
    const came = await press(row, one, "platform", own, origin);
    expect(came.asked.length).toBeGreaterThan(0);
    for (const [, opened] of came.asked) expect(opened).toEqual({ ok: false, problem: "origin" });
    expect(came.writes).toEqual([]);
  }
});

const RECENT = PRESSES.filter(([, , { asks }]) => STAFF_ACTIONS[asks].recent);
test.each(RECENT)("an hour after signing in the person is asked first: %s", async (_name, row, one) => {
  const platform = STAFF_ACTIONS[one.asks].permission === "platform";
  const came = await press(row, one, platform ? "stale platform" : "stale", own);
  const [last] = came.asked.filter(([name]) => name === one.asks).slice(-1);
  expect(last?.[1]).toEqual({ ok: false, problem: "confirm_missing" });
  expect(came.writes).toEqual([]);
});

const NAMING = PRESSES.filter(([, , { fields = {}, params = {} }]) =>
  Object.values({ ...fields, ...params }).some((value) => value.startsWith("@")),
);
test.each(NAMING)("another merchant's things answer as unknown ones do: %s", async (_name, row, one) => {
  const unknown = Object.fromEntries(Object.entries(foreign).map(([name, id]) => [name, unknownLike(id)])) as Scene;
  const answers: string[] = [];
  for (const things of [foreign, unknown]) {
    const came = await press(row, one, "owner", { ...things, merchant: own.merchant });
    expect(came.writes).toEqual([]);
    // The longest first: one id may begin with another.
    const ids = Object.entries(things).sort(([, a], [, b]) => b.length - a.length);
    answers.push(ids.reduce((text, [name, id]) => (id ? text.replaceAll(id, `<${name}>`) : text), came.outcome));
  }
  expect(answers[0]).toBe(answers[1]);
});

/** An id of the same form that nobody has. */
function unknownLike(id: string): string {
  return id.replace(/^([a-z]+_).*/, "$100000000000000000000000000");
}
