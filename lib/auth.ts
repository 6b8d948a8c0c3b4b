import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import type { NextAuthOptions } from "next-auth";
import { decode, encode } from "next-auth/jwt";
import credentialsModule from "next-auth/providers/credentials";
import { cache } from "react";
import { db } from "#db/client.ts";
import { type MerchantRow, readMerchants } from "#db/queries/dashboard-merchants.ts";
import { readSession, revokeSession, type SignedIn } from "#db/queries/dashboard-sessions.ts";
import { currentShopper, originIsOurs } from "#lib/action.ts";
import { allows, type Permission } from "#lib/domain/permission.ts";
import { env } from "#lib/env.ts";
import { secrets } from "#lib/secrets.ts";
import { SESSION_HOURS, startSession } from "#lib/sign-in.ts";

/** Who is signed in. */
export type User = SignedIn;

const MAX_AGE_SECONDS = SESSION_HOURS * 3600;

// next-auth ships CommonJS: under Node's own rules its default export stands one level deeper.
type CredentialsProvider = typeof credentialsModule;
const credentials = ((credentialsModule as unknown as { default?: CredentialsProvider }).default ??
  credentialsModule) as CredentialsProvider;

/** The signed-in person, or null. The JWT says only which session; its row decides, so a revoked session ends at once. */
export const currentUser = cache(async (): Promise<User | null> => {
  const sessionId = await sessionIdOf();
  return sessionId ? readSession(db(), sessionId) : null;
});

/** The signed-in person; others are sent to sign in and come back to `returnTo`. A one-time password must be changed first. */
export async function requireUser(returnTo = "/dashboard"): Promise<User> {
  const user = await currentUser();
  if (!user) redirect(`/sign-in?next=${encodeURIComponent(returnTo)}`);
  if (user.mustChangePassword) redirect("/change-password");
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

/** Signs a browser in: puts the session's id in the same cookie next-auth's own route writes. */
export async function rememberSession(sessionId: string): Promise<void> {
  const value = await encode({ token: { sid: sessionId }, secret: secrets().session, maxAge: MAX_AGE_SECONDS });
  (await cookies()).set(cookieName(), value, {
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(),
    path: "/",
    maxAge: MAX_AGE_SECONDS,
  });
}

/** Signs this browser out: the session's row is revoked, so a copy of the cookie is worthless too. */
export async function endSession(): Promise<void> {
  const sessionId = await sessionIdOf();
  if (sessionId) await revokeSession(db(), sessionId);
  // `delete` would leave out Secure, without which browsers ignore a word about a `__Secure-` cookie.
  (await cookies()).set(cookieName(), "", { httpOnly: true, sameSite: "lax", secure: isHttps(), path: "/", maxAge: 0 });
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
          const { ip, userAgent } = await currentShopper();
          // next-auth also reads JSON: what is typed as text may be anything.
          const text = (value: unknown) => (typeof value === "string" ? value : "");
          const started = await startSession(db(), { email: text(given?.email), password: text(given?.password), ip, userAgent });
          if (!started.ok && started.problem === "too_many") throw new Error("too_many");
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
        if (typeof token?.sid === "string") await revokeSession(db(), token.sid);
      },
    },
  };
}

async function sessionIdOf(): Promise<string | null> {
  const value = (await cookies()).get(cookieName())?.value;
  if (!value) return null;
  const token = await decode({ token: value, secret: secrets().session }).catch(() => null);
  return typeof token?.sid === "string" ? token.sid : null;
}

function isHttps(): boolean {
  return env().PUBLIC_URL.startsWith("https:");
}

function cookieName(): string {
  return isHttps() ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}
