import { existsSync } from "node:fs";
import path from "node:path";

/** Takes `.env` beside package.json into process.env, as Next does for the server; what is set already wins. */
export function loadEnvironmentFile(): void {
  const file = path.resolve(import.meta.dirname, "../.env");
  if (existsSync(file)) process.loadEnvFile(file);
}
