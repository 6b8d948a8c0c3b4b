// `npm run fuzz -- GATEWAY [--runs N] [--seed S]`: mutated notifications in this process, one JSON line per kind of notice. Exit
// code 1 when one was believed with a meaning nobody signed, or broke the receiver. GATEWAY is an id of the registry, or `all`.
// `npm run fuzz -- amounts`: all ten million amounts of two places there and back at each gateway; exit code 1 when one is lost.
import { checkAmounts, ROADS } from "./fuzz/amounts.ts";
import { COMPANIES, companyOf } from "./fuzz/company.ts";
import { genuineNotices, genuinePayoutNotices, paymentReceiver, payoutReceiver } from "./fuzz/notices.ts";
import { fuzz, type Receiver } from "./fuzz/run.ts";

const [asked = "all", ...options] = process.argv.slice(2);
const runs = option("--runs", 1_000_000);
const seed = option("--seed", Math.floor(Date.now() / 1000) % 1_000_000);
if (asked === "amounts") {
  for (const road of ROADS) sayAmounts(road);
  process.exit();
}
const chosen = asked === "all" ? COMPANIES : COMPANIES.filter((id) => id === asked);
if (chosen.length === 0) {
  console.error(`there is no gateway ${asked}: ${COMPANIES.join(", ")}, all or amounts`);
  process.exit(2);
}
for (const id of chosen) {
  const company = companyOf(id);
  say(id, "payment", await genuineNotices(company), paymentReceiver(company));
  const payouts = await genuinePayoutNotices(company);
  if (payouts.length > 0) say(id, "payout", payouts, payoutReceiver(company));
}

function sayAmounts(road: (typeof ROADS)[number]): void {
  const started = performance.now();
  const { examples, ...counts } = checkAmounts(road);
  console.log(JSON.stringify({ ...counts, seconds: Math.round((performance.now() - started) / 100) / 10 }));
  for (const example of examples) console.error(example);
  if (counts.lost > 0) process.exitCode = 1;
}

function say(gateway: string, notice: string, genuine: Awaited<ReturnType<typeof genuineNotices>>, receive: Receiver): void {
  const started = performance.now();
  const { examples, ...counts } = fuzz(genuine, receive, runs, seed);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  console.log(JSON.stringify({ gateway, notice, genuine: genuine.length, ...counts, seconds, seed }));
  for (const example of examples) console.error(example);
  if (counts.different + counts.crashes > 0) process.exitCode = 1;
}

function option(name: string, otherwise: number): number {
  const at = options.indexOf(name);
  if (at < 0) return otherwise;
  const text = options[at + 1] ?? "";
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) {
    console.error(`${name} wants a whole number above 0`);
    process.exit(2);
  }
  return Number(text);
}
