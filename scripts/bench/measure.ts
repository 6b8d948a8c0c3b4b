import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import type { LoadPlan, LoadResult } from "./load.ts";

const LOAD = path.join(import.meta.dirname, "load.ts");

export interface Measured extends LoadResult {
  /** Processor time of the server's process per request, warm-up included: what is left of a figure on a busy machine. Null off Linux. */
  serverCpuMs: number | null;
  /** The machine's load before: figures taken beside other work say so. */
  load1: number;
}

/** Runs the load generator in its own process against the server with this pid. */
export async function measure(dataDir: string, pid: number, plan: LoadPlan): Promise<Measured> {
  const load1 = Math.round((loadavg()[0] ?? 0) * 10) / 10;
  const before = cpuMs(pid);
  const file = path.join(dataDir, "plan.json");
  writeFileSync(file, JSON.stringify(plan), { mode: 0o600 });
  const child = spawn(process.execPath, [LOAD, file], { stdio: ["ignore", "pipe", "inherit"] });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  rmSync(file, { force: true });
  if (code !== 0) throw new Error(`the load generator ended with ${code}`);
  const result = JSON.parse(Buffer.concat(output).toString("utf8")) as LoadResult;
  const [after, sent] = [cpuMs(pid), result.done + result.warmed + result.failed];
  const serverCpuMs = before === null || after === null ? null : Math.round(((after - before) / sent) * 1000) / 1000;
  return { ...result, serverCpuMs, load1 };
}

/** User and system time of a process so far, in milliseconds (proc(5): fields 14 and 15, in hundredths of a second). */
export function cpuMs(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}
