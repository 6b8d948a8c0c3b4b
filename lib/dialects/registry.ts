import type { Dialect } from "#lib/dialects/dialect.ts";
import { hipopayAgentDialect } from "#lib/dialects/hipopay-agent/index.ts";

const DIALECTS: readonly Dialect[] = [hipopayAgentDialect];

/** The dialect of a gateway, by the gateway's id, or null when we do not speak its side. */
export function dialectById(id: string): Dialect | null {
  return DIALECTS.find((dialect) => dialect.id === id) ?? null;
}
