// `npm run sdk:build [folder]`: lib/sdk as a package that can be published (`npm publish` in that folder), by itself in .data/sdk.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { node, root } from "./steps.ts";

const folder = path.resolve(process.argv[2] ?? path.join(root, ".data/sdk"));
const { version, license } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Record<string, string>;
if (!version || !license) throw new Error("package.json: no version or license");

rmSync(path.join(folder, "dist"), { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await node("node_modules/typescript/bin/tsc", "-p", "lib/sdk/tsconfig.json", "--outDir", path.join(folder, "dist"))();
copyFileSync(path.join(root, "LICENSE"), path.join(folder, "LICENSE"));
copyFileSync(path.join(root, "docs/sdk.md"), path.join(folder, "README.md"));
const manifest = {
  name: "shouyin-sdk",
  version,
  description: "Client of the Shouyin 收银 API: orders, refunds, links, and webhooks verified",
  license,
  type: "module",
  sideEffects: false,
  engines: { node: ">=18" },
  exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
  types: "./dist/index.d.ts",
  files: ["dist"],
};
writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(folder);
