import { createServer } from "node:http";
import path from "node:path";
import next from "next";
import { INNER_HEADER } from "#lib/plain-document.ts";
import { asksForDocument, lightenDocument } from "#lib/plain-response.ts";
import { distDir } from "./build.ts";
import { serveHot } from "./hot-routes.ts";

/**
 * The web server: Next's own request handler, with the hottest routes in front of it (scripts/hot-routes.ts), and behind
 * it what makes a shopper's document light (lib/plain-response.ts).
 * `node scripts/web.ts <port> [host]`. Preparing it runs instrumentation.ts: migrations, the queue and the workers. Both
 * module graphs, ours and the bundle's, share one database pool, queue and live channel (they are kept on globalThis).
 */
const [port = process.env.PORT ?? "3000", host] = process.argv.slice(2);
const STOP_LIMIT_MS = 4500;
/**
 * A shopper looks at a page for longer than Node's five seconds; a connection opened anew costs a bad network one or two
 * round trips. Longer than the 60 s after which the usual reverse proxies let go, so that they do so first.
 */
const KEEP_ALIVE_MS = 75_000;

const app = next({ dev: false, dir: path.resolve(import.meta.dirname, ".."), port: Number(port), ...(host && { hostname: host }) });
await app.prepare();
const handle = app.getRequestHandler();
const staticDir = path.join(distDir, "static");
const server = createServer((request, response) => {
  if (serveHot(request, response)) return;
  if (asksForDocument(request)) lightenDocument(request, response, staticDir);
  // A page's data, which the framework hides from proxy.ts: it is not to fetch the document in its place.
  else request.headers[INNER_HEADER] = "1";
  void handle(request, response);
});
server.keepAliveTimeout = KEEP_ALIVE_MS;
server.listen({ port: Number(port), ...(host && { host }) });
server.on("error", (error: NodeJS.ErrnoException) => {
  console.error(error.code === "EADDRINUSE" ? `PORT ${port} is in use` : error.message);
  process.exit(1);
});

for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());

/** Lets requests and the workers finish, then ends; what cannot finish in time is made good at the next start. */
async function stop(): Promise<void> {
  setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  // lib/jobs/boot.ts hears the same signal; its handler may come after this one.
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([closed, (globalThis as { shouyinStopped?: Promise<void> }).shouyinStopped]);
  process.exit(0);
}
