import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { problemsOf } from "#lib/architecture.ts";

const sources = globSync(["{app,components,lib,db,scripts,e2e}/**/*.{ts,tsx}", "*.ts"], { exclude: (name) => name === "node_modules" })
  .map((file) => file.replaceAll(path.sep, "/"))
  .filter((file) => file !== "next-env.d.ts");

describe("the sources", () => {
  test("are found", () => expect(sources.length).toBeGreaterThan(50));

  test("keep the import rules and stay under 250 lines", () => {
    expect(sources.flatMap((file) => problemsOf(file, readFileSync(file, "utf8")))).toEqual([]);
  });

  test("have no folder for what has no name, and no JavaScript in lib", () => {
    const files = globSync("{app,components,lib,db,scripts,e2e}/**/*", { exclude: (name) => name === "node_modules" });
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|services?|common|misc|shared)(\.tsx?)?(\/|$)/.test(file))).toEqual([]);
    expect(files.filter((file) => /^lib\/.*\.(m|c)?jsx?$/.test(file))).toEqual([]);
  });
});

/** Epay (docs/checkout.md) built the gateway's notification address from it: whoever asked chose where notices went. */
test("the Host header is read for no more than whether a form's Origin is our own; addresses are PUBLIC_URL's", () => {
  const product = sources.filter((file) => /^(app|lib|db)\//.test(file) && !/test|sandbox/.test(file));
  const reading = product.filter((file) =>
    /get\("(?:x-forwarded-)?host"\)|headers\.host\b|nextUrl\.(?:origin|host)|request\.url\)\.(?:origin|host)/.test(
      readFileSync(file, "utf8"),
    ),
  );
  expect(reading).toEqual(expect.arrayContaining(["lib/action.ts"]));
  for (const file of reading)
    for (const line of readFileSync(file, "utf8").split("\n"))
      if (/get\("(?:x-forwarded-)?host"\)|headers\.host\b/.test(line)) expect(line, file).toContain("originIsOurs(");
  expect(reading.filter((file) => !["lib/action.ts", "lib/staff.ts", "lib/auth.ts"].includes(file))).toEqual([]);
});

describe("the rules refuse", () => {
  test.each([
    ["a use case that knows the sandbox", "lib/payments/x.ts", 'import { pay } from "#lib/sandbox/pay.ts";'],
    ["the sandbox reaching into the product", "lib/sandbox/x.ts", 'import { settleAttempt } from "#lib/payments/settle-attempt.ts";'],
    ["the sandbox reading the product's tables", "lib/sandbox/x.ts", 'import { orders } from "#db/schema/orders.ts";'],
    [
      "a dialect that copies its gateway",
      "lib/dialects/hipopay-agent/x.ts",
      'import { seal } from "#lib/gateways/hipopay-agent/codec.ts";',
    ],
    ["a gateway that uses another's folder", "lib/gateways/a/x.ts", 'import { y } from "../b/codec.ts";'],
    ["a gateway that reads the database", "lib/gateways/a/x.ts", 'import { db } from "#db/client.ts";'],
    ["a decision that does I/O", "lib/domain/x.ts", 'import { log } from "#lib/log.ts";'],
    ["a component that queries", "components/dashboard/x.tsx", 'import { ordersPage } from "#db/queries/dashboard-orders.ts";'],
    ["a component that runs a use case", "components/checkout/x.tsx", 'import { land } from "#lib/payments/land.ts";'],
    ["Next's runtime on the shopper's page", "components/checkout/x.tsx", 'import Link from "next/link";'],
    ["a use case that knows Next", "lib/payments/x.ts", 'import { headers } from "next/headers";'],
    ["a page of the product that knows the sandbox", "app/(checkout)/pay/page.tsx", 'import { pay } from "#lib/sandbox/pay.ts";'],
    ["an import in the middle of a function", "lib/domain/x.ts", 'export const x = () => import("#db/client.ts");'],
    ["a re-export across areas", "lib/domain/x.ts", 'export { db } from "#db/client.ts";'],
    ["reading the environment elsewhere", "lib/payments/x.ts", "const url = process.env.DATABASE_URL;"],
    ["a barrel", "lib/domain/x.ts", 'export * from "./money.ts";'],
    ["a file beyond the wall", "lib/domain/x.ts", "export {};\n".repeat(251)],
    ["a place nobody planned", "lib/newfolder/x.ts", ""],
  ])("%s", (_why, file, text) => {
    expect(problemsOf(file, text)).not.toEqual([]);
  });

  test("nothing of what is allowed", () => {
    expect(problemsOf("components/checkout/x.tsx", 'import type { View } from "#lib/payments/checkout-view.ts";')).toEqual([]);
    expect(problemsOf("lib/payments/x.ts", 'import {\n  sendJob,\n} from "#lib/jobs/queues.ts";\nimport { z } from "zod";')).toEqual([]);
    expect(problemsOf("proxy.ts", 'import { phoneHeaders } from "#lib/sandbox/phone.ts";')).toEqual([]);
  });
});
