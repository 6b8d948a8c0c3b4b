import { Agent, fetch } from "undici";
import { type ApiProblem, type ApiResult, refuse } from "#lib/api/result.ts";
import { env } from "#lib/env.ts";

/** The sandbox is another company: it is asked over HTTP, at its own control API (lib/sandbox/control.ts), like any other. */
const TIMEOUT_MS = 10_000;
const agent = new Agent({ connections: 16, connect: { timeout: 3000 } });

const unreached = refuse("gateway_unreachable", null, { detail: "The sandbox cannot be reached." });

/** Whether an account's gateway is a simulated one of this installation. */
export function isSandboxAccount(row: { live: boolean; baseUrl: string }): boolean {
  return !row.live && row.baseUrl.startsWith(`${env().PUBLIC_URL}/sandbox/gateway/`);
}

/** One request to the control API. Problems: sandbox_refused (it says why), field_invalid, not_found, gateway_unreachable. */
export async function askSandbox(path: string, body: object): Promise<ApiResult<Record<string, unknown>>> {
  try {
    const response = await fetch(`${env().PUBLIC_URL}/sandbox/control/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      dispatcher: agent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const told = (await response.json()) as Record<string, unknown>;
    if (response.status < 300) return { ok: true, value: told };
    if (response.status === 400) return misread(told);
    if (response.status >= 500) return unreached;
    const reason = String(told.problem ?? response.status).replaceAll("_", " ");
    return response.status === 404 ? refuse("not_found", "attempt") : refuse("sandbox_refused", null, { values: { reason } });
  } catch {
    return unreached;
  }
}

/** The sandbox names the field itself: its names are ours. */
function misread({ issues }: Record<string, unknown>): { ok: false; problem: ApiProblem } {
  const [issue] = Array.isArray(issues) ? (issues as { path?: unknown[]; message?: string }[]) : [];
  const param = issue?.path?.map(String).join(".") || "body";
  return refuse("field_invalid", param, { values: { param }, detail: `\`${param}\`: ${issue?.message ?? "not valid"}.` });
}
