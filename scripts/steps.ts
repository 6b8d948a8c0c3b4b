import { spawn } from "node:child_process";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "..");

/** One thing to be checked: a command of the pinned Node, or a look of our own that throws when something is wrong. */
export interface Step {
  title: string;
  run: () => Promise<void>;
}

/** Runs node with `args` from the top folder; what it prints is shown only when it fails. Rejects on a non-zero exit. */
export function node(...args: string[]): () => Promise<void> {
  return () =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } });
      const output: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
      child.on("error", reject);
      child.on("close", (code) => {
        if (code === 0) resolve();
        else reject(new Error(Buffer.concat(output).toString("utf8").trimEnd() || `exit code ${code}`));
      });
    });
}

/** Runs the steps one after another, prints a line for each, and returns how many passed and failed. */
export async function runSteps(steps: readonly Step[]): Promise<{ passed: number; failed: number }> {
  const count = { passed: 0, failed: 0 };
  for (const { title, run } of steps) {
    const begun = performance.now();
    const problem = await run().then(
      () => null,
      (error: Error) => error,
    );
    count[problem ? "failed" : "passed"] += 1;
    console.log(`${problem ? "FAIL" : "OK  "} ${title} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
    if (problem) console.log(problem.message.replaceAll(/^/gm, "     "));
  }
  return count;
}
