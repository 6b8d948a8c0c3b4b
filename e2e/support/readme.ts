import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");
/** What is the reader's own: their address and key. */
const OWN = /^export (SHOUYIN_(?:URL|KEY))=.*$/gm;

/** The commands of a section of the README, in its order, as they are written there. */
export function commandsOf(heading: string): string[] {
  const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");
  const section = readme.split(/^## /m).find((part) => part.startsWith(heading));
  if (!section) throw new Error(`README.md has no section "${heading}"`);
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
}

/** A reader at their shell, in the top folder: types commands one after another and sees what is printed. */
export interface Reader {
  type(commands: string): void;
  printed(): string;
  /** Closes the shell and all it started. */
  leave(): Promise<void>;
}

/** `own` takes the place of the lines in which a reader puts in what is theirs. */
export function openShell(own: Record<string, string>): Reader {
  // A process group of its own, so that receivers left in the background end with it.
  const shell: ChildProcess = spawn("bash", ["-s"], { cwd: ROOT, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const output: Buffer[] = [];
  for (const stream of [shell.stdout, shell.stderr]) stream?.on("data", (chunk: Buffer) => output.push(chunk));
  const ended = new Promise<void>((resolve) => shell.once("close", () => resolve()));
  const type = (commands: string) => void shell.stdin?.write(`${commands}\n`);
  return {
    type: (commands) => type(commands.replaceAll(OWN, (_, name: string) => `export ${name}=${own[name]}`)),
    printed: () => Buffer.concat(output).toString("utf8"),
    leave: () => {
      if (shell.pid !== undefined && shell.exitCode === null) process.kill(-shell.pid, "SIGKILL");
      return ended;
    },
  };
}
