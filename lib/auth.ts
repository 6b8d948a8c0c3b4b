import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { NextAuthOptions } from "next-auth";
import { decode, encode } from "next-auth/jwt";
import credentialsModule from "next-auth/providers/credentials";
import { cache } from "react";
import { db, inTransaction } from "#db/client.ts";
import { appendAudit } from "#db/queries/audit.ts";
import { type MerchantRow, readMerchants } from "#db/queries/dashboard-merchants.ts";
import { readSession, revokeSession, type SignedIn, touchSession } from "#db/queries/dashboard-sessions.ts";
import { currentShopper, originIsOurs } from "#lib/action.ts";
import { newId } from "#lib/domain/ids.ts";
import { allows, type Permission } from "#lib/domain/permission.ts";
import { env } from "#lib/env.ts";
import { secrets } from "#lib/secrets.ts";
import { type Caller, type KnownBrowser, SESSION_HOURS, STEP_MINUTES, startSession } from "#lib/sign-in.ts";

/** Who is signed in. */
export type User = SignedIn;

const MAX_AGE_SECONDS = SESSION_HOURS * 3600;
/** Where who must switch two-step sign-in on does so. */
export const ENROL_PATH = "/dashboard/security/two-step";
/** A browser is known for a year after a sign-in, and knows this many people. */
const BROWSER_SECONDS = 31_536_000;
const BROWSER_PEOPLE = 8;

// next-auth ships CommonJS: under Node's own rules its default export stands one level deeper.
type CredentialsProvider = typeof credentialsModule;
const credentials = ((credentialsModule as unknown as { default?: CredentialsProvider }).default ??
  credentialsModule) as CredentialsProvider;

/** The signed-in person, or null. The JWT says only which session; its row decides, so a revoked session ends at once. */
export const currentUser = cache(async (): Promise<User | null> => {
  const sessionId = await sessionIdOf();
  const user = sessionId ? await readSession(db(), sessionId) : null;
  if (user?.unseen) await touchSession(db(), user.sessionId);
  return user;
});

/**
 * The signed-in person; others are sent to sign in and come back to `returnTo`. A one-time password must be changed first,
 * then two-step sign-in switched on where a merchant asks for it; `enrolling` is for the page and actions that do this.
 */
export async function requireUser(returnTo = "/dashboard", { enrolling = false } = {}): Promise<User> {
  const user = await currentUser();
  if (!user) redirect(`/sign-in?next=${encodeURIComponent(returnTo)}`);
  if (user.mustChangePassword) redirect("/change-password");
  if (user.mustEnrol && !enrolling) redirect(ENROL_PATH);
  return user;
}

/** The merchants this person may see, by name. A platform admin sees all of them. */
export const merchantsOf = cache((user: User): Promise<MerchantRow[]> => readMerchants(db(), scopeOf(user)));

/** The merchants whose rows this person may read: what every query of a merchant's data is given. */
export function scopeOf(user: User): readonly string[] | "all" {
  return user.platformAdmin ? "all" : Object.keys(user.roles);
}

/** True when this person may do that in that merchant (lib/domain/permission.ts). */
export function can(user: User, merchantId: string, permission: Permission): boolean {
  return allows(user, merchantId, permission);
}

/** For server actions: true when the form was sent from our own pages (reliability.md 10: a missing Origin is refused). */
export async function fromOwnPage(): Promise<boolean> {
  const list = await headers();
  return originIsOurs(list.get("origin"), list.get("host"));
}

/** Where a sign-in comes from: address, browser in its own words, and whom it is known to belong to. */
export async function currentCaller(): Promise<Caller> {
  const [{ ip, userAgent }, browser] = await Promise.all([currentShopper(), knownBrowser()]);
  return { ip, userAgent, browser };
}

/**
 * Signs a browser in: puts the session's id in the same cookie next-auth's own route writes, forgets the second step, and
 * remembers that this person signed in here, so that strangers' failures do not keep them out (lib/tries.ts).
 */
export async function rememberSession({ sessionId, userId }: { sessionId: string; userId: string }): Promise<void> {
  await keep(sessionCookie(), { sid: sessionId }, { salt: "", seconds: MAX_AGE_SECONDS });
  await forget(STEP);
  const known = await knownBrowser();
  const users = [userId, ...(known?.userIds ?? []).filter((id) => id !== userId)].slice(0, BROWSER_PEOPLE);
  await keep(BROWSER, { bid: known?.id ?? newId("browser"), users }, { salt: BROWSER, seconds: BROWSER_SECONDS });
}

/** Keeps a sign-in that waits for its code. The cookie is no session: it is sealed under another key and names no session. */
export async function rememberStep(stepId: string): Promise<void> {
  await keep(STEP, { step: stepId }, { salt: STEP, seconds: STEP_MINUTES * 60 });
}

/** The sign-in of this browser that waits for its code. */
export async function currentStep(): Promise<string | null> {
  const step = (await kept(STEP, STEP))?.step;
  return typeof step === "string" ? step : null;
}

async function knownBrowser(): Promise<KnownBrowser | null> {
  const token = await kept(BROWSER, BROWSER);
  if (typeof token?.bid !== "string" || !Array.isArray(token.users)) return null;
  return { id: token.bid, userIds: token.users.filter((one) => typeof one === "string") };
}

/** Signs this browser out: the session's row is revoked, so a copy of the cookie is worthless too. */
export async function endSession(): Promise<void> {
  const user = await currentUser();
  if (user) await signOutOf(user, await currentShopper());
  await forget(sessionCookie());
}

/** next-auth's options, for its route (app/api/auth). Set in code: NEXTAUTH_URL is PUBLIC_URL, whatever Host says. */
export function authOptions(): NextAuthOptions {
  process.env.NEXTAUTH_URL = env().PUBLIC_URL;
  return {
    secret: secrets().session,
    session: { strategy: "jwt", maxAge: MAX_AGE_SECONDS },
    useSecureCookies: isHttps(),
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [
      credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(given) {
          // next-auth also reads JSON: what is typed as text may be anything.
          const text = (value: unknown) => (typeof value === "string" ? value : "");
          const caller = await currentCaller();
          const started = await startSession(db(), { email: text(given?.email), password: text(given?.password), ...caller });
          // No session before the code: that is asked for on our own pages only (app/(auth)/sign-in).
          if (!started.ok && started.problem !== "wrong") throw new Error(started.problem);
          return started.ok ? { id: started.sessionId } : null;
        },
      }),
    ],
    callbacks: {
      // Nothing about the person goes into the token: only which session this is.
      jwt: ({ token, user }) => ({ sid: user ? user.id : token.sid }),
      session: async ({ session, token }) => {
        const user = typeof token.sid === "string" ? await readSession(db(), token.sid) : null;
        return user ? { expires: session.expires, user: { name: user.name, email: user.email } } : { expires: new Date(0).toISOString() };
      },
    },
    events: {
      signOut: async ({ token }) => {
        const user = typeof token?.sid === "string" ? await readSession(db(), token.sid) : null;
        if (user) await signOutOf(user, await currentShopper());
      },
    },
  };
}

async function sessionIdOf(): Promise<string | null> {
  const sid = (await kept(sessionCookie(), ""))?.sid;
  return typeof sid === "string" ? sid : null;
}

function signOutOf({ id, name, sessionId }: User, { ip, userAgent }: { ip: string; userAgent: string }): Promise<void> {
  const actor = { kind: "user", id, name, ip, userAgent } as const;
  return inTransaction(db(), async (tx) => {
    await revokeSession(tx, sessionId);
    return appendAudit(tx, { actor, merchantId: null, action: "session.sign_out", target: { kind: "session", id: sessionId }, detail: {} });
  });
}

const STEP = "sign-in-step";
const BROWSER = "known-browser";

/** What a cookie of ours says; null when it is missing, over, or made for something else (each has a key of its own by its salt). */
async function kept(name: string, salt: string) {
  const value = (await cookies()).get(name)?.value;
  return value ? decode({ token: value, secret: secrets().session, salt }).catch(() => null) : null;
}

async function keep(name: string, token: Record<string, unknown>, { salt, seconds }: { salt: string; seconds: number }): Promise<void> {
  const value = await encode({ token, secret: secrets().session, salt, maxAge: seconds });
  (await cookies()).set(name, value, { ...COOKIE, secure: isHttps(), maxAge: seconds });
}

// `delete` would leave out Secure, without which browsers ignore a word about a `__Secure-` cookie.
async function forget(name: string): Promise<void> {
  (await cookies()).set(name, "", { ...COOKIE, secure: isHttps(), maxAge: 0 });
}

const COOKIE = { httpOnly: true, sameSite: "lax", path: "/" } as const;

function isHttps(): boolean {
  return env().PUBLIC_URL.startsWith("https:");
}

function sessionCookie(): string {
  return isHttps() ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}
