import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** What the README's receivers run on besides Node, with Debian's package of each. */
const INTERPRETERS = { php: "php-cli", python3: "python3", curl: "curl" } as const;
export type Interpreter = keyof typeof INTERPRETERS;

/** An interpreter on the PATH that runs; null when there is none. */
export function interpreter(name: Interpreter): string | null {
  const places = (process.env.PATH ?? "").split(path.delimiter).map((place) => path.join(place, name));
  return places.find((file) => existsSync(file) && spawnSync(file, ["--version"], { stdio: "ignore" }).status === 0) ?? null;
}

/** Makes sure that all of them are there, installing Debian's packages where that can be done. Throws when one is missing still. */
export function requireInterpreters(): void {
  const missing = () => (Object.keys(INTERPRETERS) as Interpreter[]).filter((name) => !interpreter(name));
  const first = missing();
  if (first.length > 0 && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const packages = first.map((name) => INTERPRETERS[name]);
    console.log(`For the README's quickstart: apt-get install ${packages.join(" ")}`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...packages]])
      spawnSync("apt-get", ["-qq", ...args], { stdio: ["ignore", "ignore", "inherit"], env });
  }
  const still = missing();
  if (still.length === 0) return;
  const packages = still.map((name) => INTERPRETERS[name]).join(" ");
  throw new Error(
    `the README's quickstart is tested with ${still.join(", ")}, which this machine lacks (Debian: apt-get install ${packages})`,
  );
}
