import type { NextRequest } from "next/server";
import nextAuthModule from "next-auth";
import { authOptions } from "#lib/auth.ts";

// CommonJS: the default export may stand one level deeper (see lib/auth.ts).
const nextAuth = (nextAuthModule as unknown as { default?: typeof nextAuthModule }).default ?? nextAuthModule;

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own addresses: csrf, callback/credentials, signout, session. Options are read per request, never at build. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  return nextAuth(request, context, authOptions());
}

export { handle as GET, handle as POST };
