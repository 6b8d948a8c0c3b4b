// `npm run worker`: a process that works the job queues and serves no page, beside web processes with RUN_WORKER=off.
import { boot } from "#lib/jobs/boot.ts";
import { borrowDatabase } from "./database.ts";

process.env.RUN_WORKER = "on";
const STOP_LIMIT_MS = 10_000;

const borrowed = await borrowDatabase();
await boot();
console.log("Working the queues. Stop with Ctrl-C.");
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    // boot() stops its own work on the same signal; when that is over nothing keeps the process, and at the latest then:
    setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
  });
}
process.once("beforeExit", async () => {
  await borrowed.release();
  process.exit(0);
});
