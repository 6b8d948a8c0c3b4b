import type { Outcome } from "#lib/gateways/gateway.ts";
import type { Codec, DraftFields, OpenedReply, Operation, WireFields } from "#lib/gateways/operation.ts";
import type { Exchange, GatewayPort } from "#lib/gateways/port.ts";
import { type Sensitive, scrubExchange, scrubMessage } from "#lib/gateways/scrub.ts";

/** How long to wait for an answer unless an operation says otherwise. */
export const TIMEOUT_MS = 10_000;
/** The longest answer that is read, bytes; bills say otherwise. */
export const REPLY_MAX_BYTES = 1_048_576;

/** What one call needs to know of the account it is made for. */
export interface Line<C> {
  context: C;
  codec: Codec<C>;
  port: GatewayPort;
  sensitive: Sensitive;
}

/**
 * Makes one call and says how it ended. `refused` only when the gateway's own envelope said no; `unreachable` only when the
 * request surely never left; everything unclear (timeout, 5xx, unreadable, oversized, not in the shape of the document) is
 * `unknown`, because the gateway may have acted. One exchange is recorded per call, scrubbed.
 */
export async function call<C, Input, Output>(
  name: string,
  operation: Operation<C, Input, Output>,
  input: Input,
  line: Line<C>,
): Promise<Outcome<Output>> {
  const { context, port } = line;
  const codec = operation.codec ?? line.codec;
  const problem = operation.check?.(input, context) ?? null;
  if (problem !== null) return { ok: false, kind: "refused", code: "invalid_request", message: problem };
  const fields = sentFields(operation.fields(input, context));
  const wire = { verb: operation.verb, path: operation.path(context), version: operation.version?.(context), fields };
  const maxBytes = operation.maxBytes ?? REPLY_MAX_BYTES;
  const startedAt = port.now();
  const sealed = codec.seal(wire, context, startedAt);
  const answer = await port.fetch({ method: operation.verb, ...sealed, timeoutMs: operation.timeoutMs ?? TIMEOUT_MS, maxBytes });
  const exchange: Exchange = {
    operation: name,
    method: operation.verb,
    url: sealed.url,
    requestHeaders: sealed.headers,
    requestBody: sealed.body ?? "",
    status: answer.kind === "answer" ? answer.status : null,
    responseBody: answer.kind === "answer" ? answer.body : "",
    error: answer.kind === "answer" ? null : answer.message,
    startedAt,
    durationMs: Math.max(0, port.now().getTime() - startedAt.getTime()),
  };
  port.record(scrubExchange(codec.legible?.(exchange) ?? exchange, fields, line.sensitive));
  if (answer.kind === "none") return { ok: false, kind: answer.reached === "no" ? "unreachable" : "unknown", message: answer.message };
  if (Buffer.byteLength(answer.body, "utf8") > maxBytes) return unknown(`the answer is longer than ${maxBytes} bytes`);
  const outcome = read(operation, input, codec.openReply(answer, operation.answer ?? "json", context), context);
  // The message goes into the order's history, which nobody can change later.
  return outcome.ok ? outcome : { ...outcome, message: scrubMessage(outcome.message, fields, line.sensitive) };
}

/** Fields without the undefined ones. */
export function sentFields(draft: DraftFields): WireFields {
  const fields: WireFields = {};
  for (const [name, value] of Object.entries(draft)) if (value !== undefined) fields[name] = value;
  return fields;
}

function read<C, Input, Output>(operation: Operation<C, Input, Output>, input: Input, reply: OpenedReply, context: C): Outcome<Output> {
  if (reply.kind === "refused") return { ok: false, ...reply };
  if (reply.kind === "pending" && operation.pending !== undefined) return { ok: true, value: operation.pending };
  if (reply.kind !== "data") return unknown(reply.message);
  const parsed = operation.reply(input, context).safeParse(reply.data);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return unknown(`the answer is not as documented: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
}

function unknown(message: string): { ok: false; kind: "unknown"; message: string } {
  return { ok: false, kind: "unknown", message };
}
