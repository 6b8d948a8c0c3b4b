// `node scripts/embed.ts` builds public/embed.js from lib/embed; with --check it says whether the file is what the sources make.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";

const root = path.resolve(import.meta.dirname, "..");
const file = path.join(root, "public/embed.js");
/** A shop's page waits for it: issue 5, item 4. */
const MOST_BYTES = 5000;

const { outputFiles } = buildSync({
  absWorkingDir: root,
  entryPoints: ["lib/embed/embed.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2017",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "/* Shouyin 收银: docs/embed.md. Built from lib/embed by scripts/embed.ts. */" },
  write: false,
});
const built = outputFiles[0]?.text ?? "";
const bytes = Buffer.byteLength(built);
if (bytes >= MOST_BYTES) throw new Error(`public/embed.js would have ${bytes} bytes, and must have fewer than ${MOST_BYTES}`);
if (process.argv.includes("--check")) {
  if (readFileSync(file, "utf8") !== built) throw new Error("public/embed.js is not what lib/embed makes: run `npm run embed`");
} else {
  writeFileSync(file, built);
  console.log(`public/embed.js: ${bytes} bytes`);
}
