// `npm run chaos -- --orders 500`: shoppers pay while the built server is killed with -9 two seconds after each time its
// port answers; then everything is proven, by SQL on both ledgers and by what shoppers and shop saw. JSON lines, then one
// sentence; exit code 1 on any violation. Ends by itself. `npm run chaos -- --receivers --events 10000`: the same for what is
// told to shops, whose receivers fail, hang, redirect and die.
import { buildIfChanged } from "./build.ts";
import { readOptions } from "./chaos/options.ts";
import { type ReceiverOutcome, runReceivers } from "./chaos/receivers/run.ts";
import { type Outcome, runChaos } from "./chaos/run.ts";
import { SETTLE_LIMIT_SECONDS } from "./chaos/settle.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort(new Error(`stopped by ${signal}`)));
const say = (line: Record<string, unknown>): void => console.log(JSON.stringify(line));

try {
  const options = readOptions(process.argv.slice(2));
  say({ chaos: "start", ...options });
  await buildIfChanged(stop.signal);
  if (options.events === null) process.exitCode = report(await runChaos(options, say, stop.signal), options.seed);
  else process.exitCode = reportReceivers(await runReceivers({ ...options, events: options.events }, say, stop.signal), options.seed);
} catch (error) {
  console.error(`chaos: ${(error as Error).message}`);
  process.exitCode = 1;
}

/** Prints the proof and gives the exit code. */
function report({ findings, troubles, owed, ...counts }: Outcome, seed: number): number {
  for (const { check, violations, sharp } of findings)
    say({ check, violations: violations.length, ...(violations.length > 0 && { found: violations }), sharp });
  say({ ...counts, owed, troubles });
  const violated = (means: string): number =>
    findings.filter((one) => one.means === means).reduce((sum, one) => sum + one.violations.length, 0);
  const [lost, doubled, wrong] = [violated("lost"), violated("doubled"), violated("wrong")];
  const blunt = findings.filter((one) => !one.sharp).length;
  const settled = counts.settledSeconds === null ? `NOT settled ${SETTLE_LIMIT_SECONDS} s` : `all settled ${counts.settledSeconds} s`;
  const passed = lost + doubled + wrong + blunt === 0 && counts.settledSeconds !== null;
  console.log(
    `chaos ${passed ? "passed" : "FAILED"}: seed ${seed}, ${counts.orders} orders, ${counts.paid} paid, ${counts.approvedRefunds} refunds by two people, ${counts.kills} kills, ` +
      `${counts.notifications} notifications sent, ${counts.webhooks} webhooks received: ${lost} lost, ${doubled} doubled, ${wrong} wrong, ` +
      `${settled} after the last kill; ${findings.length - blunt} of ${findings.length} checks shown to fail on purpose`,
  );
  return passed ? 0 : 1;
}

/** The same for receivers. */
function reportReceivers({ findings, waits, ...counts }: ReceiverOutcome, seed: number): number {
  for (const { check, violations, sharp } of findings)
    say({ check, violations: violations.length, ...(violations.length > 0 && { found: violations }), sharp });
  say({ ...counts, healthy: waits });
  const broken = findings.filter((one) => one.violations.length > 0).length;
  const sharp = findings.filter((one) => one.sharp).length;
  const settled = counts.settledSeconds === null ? "NOT settled" : `all told ${counts.settledSeconds} s`;
  const passed = broken === 0 && sharp === findings.length && counts.settledSeconds !== null;
  console.log(
    `chaos of receivers ${passed ? "passed" : "FAILED"}: seed ${seed}, ${counts.events} events in ${counts.eventSeconds} s to ${counts.receivers} receivers, ` +
      `${counts.arrivals} arrivals, ${broken} checks broken, healthy ones told after p50 ${waits.p50} ms, p99 ${waits.p99} ms; ` +
      `${settled} after the others were healed; ${sharp} of ${findings.length} checks shown to fail on purpose`,
  );
  return passed ? 0 : 1;
}
