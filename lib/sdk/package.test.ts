import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "shouyin-sdk-"));
const shop = path.join(folder, "shop");
/** Not the pinned Node of our own scripts: what a shop's machine has. */
const outside = (process.env.PATH ?? "").split(path.delimiter).filter((place) => !place.includes("node_modules"));
const environment = { ...process.env, PATH: outside.join(path.delimiter), NODE_OPTIONS: "" };
const outerNode = outside.map((place) => path.join(place, "node")).find(existsSync) ?? process.execPath;

function npm(where: string, ...args: string[]): string {
  const flags = ["--offline", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts", `--cache=${path.join(folder, "cache")}`];
  return execFileSync("npm", [...args, ...flags], { cwd: where, env: environment, encoding: "utf8" });
}

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/sdk.ts", path.join(folder, "sdk")], { cwd: ROOT, stdio: "pipe" });
  mkdirSync(shop);
  writeFileSync(path.join(shop, "package.json"), JSON.stringify({ name: "shop", private: true, type: "module" }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("is packed with its code, types, guide and licence and nothing else, installed without a network, and verifies a webhook", () => {
  const [packed] = JSON.parse(npm(path.join(folder, "sdk"), "pack", "--json", "--pack-destination", folder)) as {
    filename: string;
    files: { path: string }[];
  }[];
  const files = packed?.files.map((file) => file.path) ?? [];
  expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json", "dist/index.js", "dist/index.d.ts"]));
  expect(files.filter((file) => !/^(LICENSE|README\.md|package\.json|dist\/.*\.(js|d\.ts))$/.test(file))).toEqual([]);
  expect(files.filter((file) => file.includes("test"))).toEqual([]);
  npm(shop, "install", path.join(folder, packed?.filename ?? ""));
  writeFileSync(
    path.join(shop, "shop.js"),
    `import { API_VERSION, Shouyin, webhooks } from "shouyin-sdk";
const headers = { "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330",
  "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" };
const told = await webhooks.verify('{"test": 2432232314}', headers, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", { now: 1614265330000 });
const wrong = await webhooks.verify("{}", headers, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", { now: 1614265330000 }).catch((error) => error.reason);
const client = new Shouyin({ key: "sk_test_x", baseUrl: "http://127.0.0.1:9", retries: 0 });
const lost = await client.orders.read("ord_1").catch((error) => error.name);
console.log(JSON.stringify({ told, wrong, lost, API_VERSION }));`,
  );
  const said = execFileSync(outerNode, ["shop.js"], { cwd: shop, env: environment, encoding: "utf8" });
  expect(JSON.parse(said)).toEqual({
    told: { test: 2432232314 },
    wrong: "signature_wrong",
    lost: "ConnectionError",
    API_VERSION: "2026-11-20",
  });
});

it("types a shop's own code: what is no field or no method does not compile", () => {
  const check = (name: string, code: string): string => {
    writeFileSync(path.join(shop, name), code);
    const args = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom", "--types", "", name];
    try {
      return execFileSync(process.execPath, [path.join(ROOT, "node_modules/typescript/bin/tsc"), ...args], { cwd: shop, encoding: "utf8" });
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  };
  const head =
    'import { Shouyin, type Order } from "shouyin-sdk";\nconst shouyin = new Shouyin({ key: "sk_test_x", baseUrl: "https://pay.example" });\n';
  const good = `${head}const order: Order = await shouyin.orders.create({ amount: "88.00", currency: "HKD", title: "Tea" });
for await (const one of shouyin.orders.list({ state: "paid" })) one.checkout_url.length;
const told = await shouyin.webhooks.verify("", {}, "whsec_x");
if (told.type === "order.paid") told.data.order.metadata;
export { order };\n`;
  expect(check("good.ts", good)).toBe("");
  expect(check("amount.ts", `${head}await shouyin.orders.create({ amount: 88, currency: "HKD", title: "Tea" });\n`)).toContain(
    "'number' is not assignable",
  );
  expect(check("state.ts", `${head}shouyin.orders.list({ state: "payed" });\n`)).toContain("payed");
  expect(check("method.ts", `${head}shouyin.orders.refund("ord_1");\n`)).toContain("refund");
});
