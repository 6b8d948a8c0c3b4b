import { writeFileSync } from "node:fs";
import path from "node:path";
import type { World } from "../world.ts";
import type { LoadPlan } from "./load.ts";
import { type Measured, measure } from "./measure.ts";
import type { Statement } from "./record.ts";
import { SERVERS, type ServerName, withServer } from "./servers.ts";

/** Runs `plan` against both floors, which send `transactions`: what the same statements cost without the product. */
export async function measureFloors(
  world: World,
  transactions: () => Promise<Statement[][]>,
  plan: Pick<LoadPlan, "connections" | "once" | "seconds" | "warmup">,
  tell: (server: ServerName, result: Measured) => void,
): Promise<void> {
  for (const name of SERVERS) {
    if (name === "product") continue;
    const script = await transactions();
    const file = path.join(world.dataDir, "floor.jsonl");
    writeFileSync(file, script.map((one) => `${JSON.stringify(one)}\n`).join(""), { mode: 0o600 });
    const environment = { ...world.environment, FLOOR_SCRIPT: file };
    const requests = script.map((_, index) => ({ method: "GET" as const, path: `/replay/${index}`, headers: {} }));
    const server = { port: world.port, environment, dataDir: world.dataDir };
    const result = await withServer(name, server, (pid) =>
      measure(world.dataDir, pid, { ...plan, origin: world.origin, requests, expect: { status: 200, body: "success" } }),
    );
    tell(name, result);
  }
}
