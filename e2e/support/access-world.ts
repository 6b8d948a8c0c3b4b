import { eq } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { type Scene, setScene } from "#app/scene-testing.ts";
import { type Database, inTransaction } from "#db/client.ts";
import { revokeSession } from "#db/queries/dashboard-sessions.ts";
import { memberships } from "#db/schema/users.ts";
import type { MerchantRole } from "#lib/domain/permission.ts";
import { secrets } from "#lib/secrets.ts";
import type { E2eServer } from "../../scripts/e2e-server.ts";
import type { Ledger } from "./ledger.ts";
import { startOwnApp } from "./own-app.ts";
import { hire, type Person } from "./person.ts";
import { logWrites, type WriteLog } from "./written.ts";

export const ROLES = ["viewer", "operator", "admin", "owner"] as const;
/**
 * Who asks: the four of the merchant, the owner of another one, a platform admin; a person who was the owner and is no member any
 * more, a session of the owner's that was ended, and nobody. `stale` and
 * `elsewhere` are two sessions of the owner's, an hour after they last proved themselves.
 */
export const OUTSIDERS = ["stranger", "former", "ended", "nobody"] as const;
export type Who = (typeof ROLES)[number] | (typeof OUTSIDERS)[number] | "platform" | "stale" | "elsewhere";

export const EVERYBODY = [...ROLES, "platform", ...OUTSIDERS] as const;
export const signedOut = (who: Who) => who === "nobody" || who === "ended";
export const isOutsider = (who: Who) => OUTSIDERS.some((one) => one === who);
/** What the tables go by: a role in the merchant, or none. */
export const roleOf = (who: Who) => (who === "platform" ? who : (ROLES.find((one) => one === who) ?? null));

/** What came over the wire. `to` is where it sends the browser, or a page's script. */
export interface Answer {
  status: number;
  to: string;
  text: string;
}

/** Two merchants with everything, people with real sessions, and the real server over HTTP. */
export interface AccessWorld {
  origin: string;
  database: Database;
  own: Scene;
  foreign: Scene;
  /** People's ids. */
  people: Record<"owner" | "admin" | "stranger" | "platform", string>;
  /** Everybody's. */
  password: string;
  writes: WriteLog;
  /** As that person's browser; a redirect is an answer. */
  ask(who: Who, address: string, given?: RequestInit): Promise<Answer>;
  close(): Promise<void>;
}

export const OWN_MARK = "OwnMark";
export const FOREIGN_MARK = "ForeignMark";

/** Starts it, with nothing at work in it but what is asked of it. */
export async function openAccessWorld(server: E2eServer, ledger: Ledger): Promise<AccessWorld> {
  const app = await startOwnApp(server, ledger, { RUN_WORKER: "off", DATABASE_POOL: "8" });
  const { database, publicUrl: origin } = app;
  const own = await setScene(database, { merchantId: "mer_own", name: "Own", mark: OWN_MARK, origin });
  const foreign = await setScene(database, { merchantId: "mer_foreign", name: `${FOREIGN_MARK} Ltd`, mark: FOREIGN_MARK, origin });
  const cookies = new Map<Who, string>([["nobody", ""]]);
  const signIn = async (who: Who, person: Person) => {
    const id = await person.beginSession();
    const value = await encode({ token: { sid: id }, secret: secrets().session });
    cookies.set(who, `next-auth.session-token=${value}`);
    return id;
  };
  const member = (merchantId: string, role: MerchantRole) => hire(database, { merchantId, role }, "en");
  const admin = await member(own.merchant, "admin");
  await signIn("admin", admin);
  for (const role of ["viewer", "operator"] as const) await signIn(role, await member(own.merchant, role));
  const [owner, stranger, former] = [
    await member(own.merchant, "owner"),
    await member(foreign.merchant, "owner"),
    await member(own.merchant, "owner"),
  ];
  const platform = await hire(database, "platform", "en");
  await Promise.all([signIn("owner", owner), signIn("stranger", stranger), signIn("former", former), signIn("platform", platform)]);
  await database.delete(memberships).where(eq(memberships.userId, former.id));
  const ended = await signIn("ended", owner);
  await inTransaction(database, (tx) => revokeSession(tx, ended));
  const stale = [await signIn("stale", owner), await signIn("elsewhere", owner)];
  await database.$client.query("update sessions set reauthenticated_at = now() - interval '1 hour' where id = any($1)", [stale]);
  const writes = await logWrites(database);
  return {
    ...{ origin, database, own, foreign, writes },
    password: owner.password,
    people: { owner: owner.id, admin: admin.id, stranger: stranger.id, platform: platform.id },
    ask: (who, address, given = {}) => ask(origin + address, `${cookies.get(who)}; merchant=${own.merchant}`, given),
    close: () => app.stop(),
  };
}

async function ask(url: string, cookie: string, given: RequestInit): Promise<Answer> {
  const { origin } = new URL(url);
  const headers = { cookie, "accept-language": "en", ...(given.method === "POST" && { origin }), ...given.headers };
  const answer = await fetch(url, { ...given, headers, redirect: "manual" });
  const text = await answer.text();
  // A page's data says in itself that there is no such page, or where to go instead; the router in the browser does it.
  const [, missing] = /"digest":"NEXT_HTTP_ERROR_FALLBACK;(\d+)"/.exec(text) ?? [];
  const [, elsewhere] = /"digest":"NEXT_REDIRECT;\w+;([^;"]+);/.exec(text) ?? [];
  const to = answer.headers.get("x-action-redirect") ?? answer.headers.get("location") ?? elsewhere ?? "";
  return { status: missing ? Number(missing) : answer.status, to: to.replace(origin, "").replace(/;\w+$/, ""), text };
}

/** Does all of it, four at a time. */
export async function inFours<Item>(items: readonly Item[], doIt: (item: Item) => Promise<void>): Promise<void> {
  const rest = [...items];
  const one = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await doIt(item);
  };
  await Promise.all([one(), one(), one(), one()]);
}
