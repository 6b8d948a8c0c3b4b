import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/** What a build is made from. Tests and documents are left out: changing them builds nothing. */
const INPUTS = ["{app,components,lib,db,public}/**/*", "*.{ts,js,mjs,cjs,json}"];
const NOT_INPUTS =
  /\.test\.tsx?$|\.md$|^next-env\.d\.ts$|\.tsbuildinfo$|^(vitest|playwright|drizzle)\.config\.ts$|^(biome|tsconfig)\.json$/;

/** The folder `next build` writes, as next.config.js has it. */
export const distDir = path.join(root, process.env.NEXT_DIST_DIR || ".next");

/** Builds unless `.next` was built from exactly these sources. Returns whether it built; throws when the build fails or is aborted. */
export async function buildIfChanged(signal?: AbortSignal): Promise<boolean> {
  const mark = path.join(distDir, "shouyin-inputs");
  const inputs = hashOfInputs();
  if (existsSync(mark) && existsSync(path.join(distDir, "BUILD_ID")) && readFileSync(mark, "utf8") === inputs) return false;
  console.log("Building (next build): about a minute, again only when sources change.");
  const code = await new Promise<number | null>((resolve, reject) => {
    const build = spawn(process.execPath, [path.join(root, "node_modules/next/dist/bin/next"), "build"], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      ...(signal ? { signal } : {}),
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    });
    build.on("error", reject);
    build.on("exit", resolve);
  });
  if (code !== 0) throw new Error("next build failed; what it printed above says why");
  writeFileSync(mark, inputs);
  return true;
}

function hashOfInputs(): string {
  const files = INPUTS.flatMap((pattern) => globSync(pattern, { cwd: root, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
    .filter((file) => !NOT_INPUTS.test(file))
    .sort();
  const hash = createHash("sha256").update(process.version);
  for (const file of files)
    hash.update(`\0${file}\0`).update(
      createHash("sha256")
        .update(readFileSync(path.join(root, file)))
        .digest(),
    );
  return hash.digest("hex");
}

// `node scripts/build.ts`: only builds.
if (import.meta.main) await buildIfChanged();
