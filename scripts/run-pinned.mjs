import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { pinnedNode, root } from "./install.mjs";

/**
 * Runs a script on the pinned Node 24 and resolves with its exit code. SIGINT, SIGTERM and SIGHUP are passed on and the
 * script is waited for, however long it takes to stop. It has an IPC channel to us: when we are killed, it sees the
 * channel close and stops by itself. When npm, which started us, is killed, we stop the script in turn.
 */
export async function runPinned(args) {
  const child = spawn(pinnedNode(), args, {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: [path.join(root, "node_modules/.bin"), process.env.PATH ?? ""].join(path.delimiter) },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill("SIGTERM"));
  // Only under npm: a script started by hand may outlive its shell.
  const before = ancestors();
  if (process.env.npm_lifecycle_event) setInterval(() => ancestors() !== before && child.kill("SIGTERM"), 1000).unref();
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(`Node 24 could not be run: ${error.message}`);
      resolve(1);
    });
    child.on("exit", (code, signal) => {
      if (signal) console.error(`Stopped by ${signal}.`);
      resolve(code ?? 1);
    });
  });
}

/** Our parent and, where /proc tells, its parent: npm runs scripts through a shell that survives it. */
function ancestors() {
  const parent = process.ppid;
  try {
    const grandparent = /\) \S (\d+)/.exec(readFileSync(`/proc/${parent}/stat`, "utf8"))?.[1];
    return `${parent} ${grandparent}`;
  } catch {
    return `${parent}`;
  }
}
