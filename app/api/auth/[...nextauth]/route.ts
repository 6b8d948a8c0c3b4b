import { NextRequest } from "next/server";
import nextAuthModule from "next-auth";
import { authOptions } from "#lib/auth.ts";
import { boundedBody } from "#lib/bounded-body.ts";

// CommonJS: the default export may stand one level deeper (see lib/auth.ts).
const nextAuth = (nextAuthModule as unknown as { default?: typeof nextAuthModule }).default ?? nextAuthModule;

// next-auth reads whatever it is sent, however long.
const BODY_MAX = 16 * 1024;

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own addresses: csrf, callback/credentials, signout, session. Options are read per request, never at build. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  const body = request.method === "POST" ? await boundedBody(request, BODY_MAX) : null;
  if (request.method === "POST" && body === null) return new Response("too large", { status: 413 });
  const { method, headers } = request;
  return nextAuth(body === null ? request : new NextRequest(request.url, { method, headers, body }), context, authOptions());
}

export { handle as GET, handle as POST };
