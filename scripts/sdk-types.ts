// `npm run sdk:types` writes the SDK's types from the API's schemas (lib/sdk/wire); with --check it says whether they are what it would write.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openApiDocument } from "#lib/api/openapi.ts";
import { type Document, generate } from "./sdk/generate.ts";

const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, "lib/sdk/wire");

const wanted = Object.entries(generate(openApiDocument() as unknown as Document)).map(
  ([name, text]) => [name, formatted(name, text)] as const,
);
const present = existsSync(folder) ? readdirSync(folder) : [];
const names = wanted.map(([name]) => name);
const wrong = [
  ...wanted
    .filter(([name, text]) => !present.includes(name) || readFileSync(path.join(folder, name), "utf8") !== text)
    .map(([name]) => name),
  ...present.filter((name) => !names.includes(name)),
];
if (process.argv.includes("--check")) {
  if (wrong.length > 0) throw new Error(`lib/sdk/wire is not what the API's schemas say (${wrong.join(", ")}): run \`npm run sdk:types\``);
} else {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of wanted) writeFileSync(path.join(folder, name), text);
  for (const name of present) if (!names.includes(name)) rmSync(path.join(folder, name));
  console.log(`lib/sdk/wire: ${names.join(", ")}`);
}

function formatted(name: string, text: string): string {
  const biome = path.join(root, "node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "check", "--write", `--stdin-file-path=lib/sdk/wire/${name}`];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, input: text, encoding: "utf8" });
  if (status !== 0 && !stdout) throw new Error(`${name}: ${stderr}`);
  return stdout;
}
