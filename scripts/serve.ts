// Second half of `npm start`, on Node 24: build, start, print the addresses, stop on a signal.
import { type App, StartProblem, startApp } from "./app.ts";
import { buildIfChanged } from "./build.ts";
import { loadEnvironmentFile } from "./environment.ts";
import { dataDirectory } from "./state.ts";

loadEnvironmentFile();

// Nobody stands in front of a server that is reached at its own port: then what callers write into X-Forwarded-For is not believed.
process.env.TRUSTED_PROXIES ??= process.env.PUBLIC_URL ? "1" : "0";

const port = Number(process.env.PORT || 3000);
let app: App | null = null;
let stopping: Promise<never> | null = null;
const build = new AbortController();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    if (!stopping) console.log("Stopping.");
    end(0);
  });
process.on("disconnect", () => end(1)); // scripts/start.mjs was killed

const starting = start();
await starting.catch((error: Error) => {
  // A stop in the middle of a start makes the start fail: then it is not worth a word.
  if (stopping) return;
  console.error(error instanceof StartProblem ? error.message : `Shouyin could not start: ${error.message}`);
  end(1);
});

async function start(): Promise<void> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartProblem(`PORT=${process.env.PORT} is not a port: choose 1 to 65535.`);
  await buildIfChanged(build.signal);
  if (stopping) return;
  const { PUBLIC_URL: publicUrl, DATABASE_URL: databaseUrl } = process.env;
  app = await startApp({ dataDir: dataDirectory(), port, publicUrl, databaseUrl, onLost: lost });
  if (!stopping) welcome(app);
}

function lost(error: Error): void {
  if (!stopping) console.error(`Shouyin cannot go on: ${error.message}`);
  end(1);
}

/** Waits for a start in progress, so that what it started is stopped as well; then stops everything. Once only. */
function end(code: number): void {
  build.abort();
  stopping ??= (async () => {
    await starting.catch(() => {});
    await app?.stop();
    process.exit(code);
  })();
}

function welcome({ publicUrl, admin, postgres }: App): void {
  const sandbox = process.env.SANDBOX ? process.env.SANDBOX === "on" : !publicUrl.startsWith("https:");
  const addresses = [
    ["Dashboard", "/dashboard"],
    ...(sandbox
      ? [
          ["Demo checkout", "/l/demo"],
          ["Demo shop", "/sandbox/shop"],
          ["Sandbox console", "/sandbox"],
        ]
      : []),
  ].map(([title, page]) => `  ${title?.padEnd(16)}${publicUrl}${page}`);
  const password = admin
    ? `Sign in as ${admin.email} with the one-time password ${admin.password}\n  (shown this once; npm run admin:password -- ${admin.email} makes another)`
    : "Password lost? npm run admin:password -- <e-mail>";
  const database = postgres ? `embedded PostgreSQL, ${postgres.spawned ? "started" : "was running, now ours"}` : "DATABASE_URL";
  console.log(
    ["", "Shouyin 收银 is ready.", "", ...addresses, "", `  ${password}`, `  Database: ${database}`, "  Stop with Ctrl-C.", ""].join("\n"),
  );
}
