import { z } from "zod";
import { everOwnEndpoint, listOwnEndpoints, readOwnEndpoint } from "#db/queries/api-webhooks.ts";
import { PAGE_SHAPE } from "#lib/api/cursor.ts";
import { listOf, page } from "#lib/api/list.ts";
import { idOf } from "#lib/api/objects/parts.ts";
import { ENDPOINT, type EndpointObject, EVENT_TYPES, endpointObject, NEW_ENDPOINT, SECRET } from "#lib/api/objects/webhook.ts";
import { type Call, type Operation, operation } from "#lib/api/operation.ts";
import { LISTING, POSTING, WRITING } from "#lib/api/operations/codes.ts";
import { alsoOf, ownerOf } from "#lib/api/owner.ts";
import { type ApiResult, answering, refuse } from "#lib/api/result.ts";
import type { Result } from "#lib/domain/errors.ts";
import { namedId } from "#lib/domain/ids.ts";
import { DESCRIPTION_MAX, ENDPOINT_URL_MAX, viewOfEndpoint } from "#lib/webhooks/endpoint-fields.ts";
import {
  createEndpoint,
  deleteEndpoint,
  disableEndpoint,
  editEndpoint,
  enableEndpoint,
  rollEndpointSecret,
  type WhichEndpoint,
} from "#lib/webhooks/endpoints.ts";
import { NOTICE_FORMATS } from "#lib/webhooks/format.ts";
import { endTest, sendTestEvent, type TestResult } from "#lib/webhooks/resend.ts";
import { OVERLAP_MAX_SECONDS, untoldSecret } from "#lib/webhooks/secrets.ts";

const FIELDS = {
  url: z.string().min(1).max(ENDPOINT_URL_MAX).meta({ description: "Public https on port 443 or 8443." }),
  description: z.string().max(DESCRIPTION_MAX).optional(),
  event_types: EVENT_TYPES.optional(),
  format: z.enum(NOTICE_FORMATS).optional(),
};
const WRONG = [
  ...(["url_invalid", "webhook_url_scheme", "webhook_url_port", "webhook_url_userinfo", "webhook_url_host"] as const),
  ...(["event_types_invalid"] as const),
] as const;
const PATH = z.strictObject({ endpoint: idOf("whe") });

type OnEndpoint = Call<{ endpoint: string }, unknown, unknown>;

function whichOf({ caller, params }: OnEndpoint): WhichEndpoint {
  return { merchantId: caller.merchantId, live: caller.live, endpointId: params.endpoint };
}

/** Only what was said. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

async function readBack(call: OnEndpoint): Promise<ApiResult<EndpointObject>> {
  const row = await readOwnEndpoint(call.database, ownerOf(call), call.params.endpoint);
  return row ? { ok: true, value: endpointObject(viewOfEndpoint(row)) } : refuse("not_found", "endpoint");
}

const create = operation({
  ...{
    id: "webhook_endpoints.create",
    group: "webhooks",
    method: "POST",
    path: "/webhook-endpoints",
    scope: "webhooks:write",
    status: 201,
  },
  summary: "Create a webhook endpoint",
  description: "Its `secret` is told here and never again.",
  body: z.strictObject(FIELDS),
  reply: NEW_ENDPOINT,
  problems: [...POSTING, ...WRONG, "endpoint_limit"],
  example: { url: "https://shop.example/webhooks", event_types: ["order.paid", "refund.succeeded"] },
  run: async (call): Promise<ApiResult<z.infer<typeof NEW_ENDPOINT>>> => {
    const { body, database, made: earlier } = call;
    const owner = ownerOf(call);
    const secretId = namedId("secret", call.seed);
    const known = earlier === null ? null : await everOwnEndpoint(database, owner, earlier);
    if (known) {
      const secret = await untoldSecret(database, owner.merchantId, secretId);
      return { ok: true, value: { ...endpointObject(viewOfEndpoint(known)), secret } };
    }
    const { url, description, event_types: eventTypes, format } = body;
    const made = await createEndpoint(
      { ...owner, url, description, eventTypes, format, secretId },
      database,
      await alsoOf(call, "endpoints.create", "endpoint", { url }),
    );
    return answering(made, ({ endpoint, secret }) => ({ ...endpointObject(endpoint), secret }));
  },
});

const list = operation({
  ...{ id: "webhook_endpoints.list", group: "webhooks", method: "GET", path: "/webhook-endpoints", scope: "webhooks:read", status: 200 },
  summary: "List webhook endpoints",
  query: z.strictObject(PAGE_SHAPE),
  reply: listOf(ENDPOINT),
  problems: LISTING,
  run: (call) =>
    page(
      call.query,
      (wanted) => listOwnEndpoints(call.database, ownerOf(call), wanted),
      (row) => endpointObject(viewOfEndpoint(row)),
    ),
});

const read = operation({
  ...{ id: "webhook_endpoints.read", group: "webhooks", method: "GET", path: "/webhook-endpoints/{endpoint}", scope: "webhooks:read" },
  status: 200,
  summary: "Read a webhook endpoint",
  params: PATH,
  reply: ENDPOINT,
  problems: ["not_found"],
  run: (call) => readBack(call),
});

const SWITCHES = {
  active: async (call: OnEndpoint) => enableEndpoint(whichOf(call), call.database, await alsoOf(call, "endpoints.enable", "endpoint")),
  disabled: async (call: OnEndpoint) => disableEndpoint(whichOf(call), call.database, await alsoOf(call, "endpoints.disable", "endpoint")),
} as const;

const update = operation({
  ...{ id: "webhook_endpoints.update", group: "webhooks", method: "PATCH", path: "/webhook-endpoints/{endpoint}", scope: "webhooks:write" },
  status: 200,
  summary: "Change a webhook endpoint",
  description: "What is absent stays. A disabled one keeps what it is owed until it is active again.",
  params: PATH,
  body: z.strictObject({ ...FIELDS, url: FIELDS.url.optional(), status: z.enum(["active", "disabled"]).optional() }),
  reply: ENDPOINT,
  problems: [...WRITING, "not_found", ...WRONG],
  example: { status: "disabled" },
  run: async (call): Promise<ApiResult<EndpointObject>> => {
    const { status, ...rest } = call.body;
    const { url, description, event_types: eventTypes, format } = rest;
    // Switching it alone edits nothing, and the audit has it once.
    if (!status || Object.keys(rest).length > 0) {
      const fields = Object.keys(rest).sort().join(", ");
      const also = await alsoOf(call, "endpoints.edit", "endpoint", { fields });
      const edited = await editEndpoint({ ...whichOf(call), ...given({ url, description, eventTypes, format }) }, call.database, also);
      if (!edited.ok) return answering(edited, endpointObject);
    }
    const moved = status && (await SWITCHES[status](call));
    return moved && !moved.ok ? answering(moved, endpointObject) : readBack(call);
  },
});

const DELETED = z.strictObject({ object: z.literal("webhook_endpoint"), id: idOf("whe"), deleted: z.literal(true) }).meta({
  id: "DeletedWebhookEndpoint",
});

const remove = operation({
  ...{
    id: "webhook_endpoints.delete",
    group: "webhooks",
    method: "DELETE",
    path: "/webhook-endpoints/{endpoint}",
    scope: "webhooks:write",
  },
  status: 200,
  summary: "Delete a webhook endpoint",
  description: "Nothing more is sent to it; its deliveries can still be read.",
  params: PATH,
  reply: DELETED,
  problems: [...WRITING, "not_found"],
  run: async (call): Promise<ApiResult<z.infer<typeof DELETED>>> =>
    answering(await deleteEndpoint(whichOf(call), call.database, await alsoOf(call, "endpoints.delete", "endpoint")), () => ({
      object: "webhook_endpoint" as const,
      id: call.params.endpoint,
      deleted: true as const,
    })),
});

const roll = operation({
  ...{ id: "webhook_endpoints.roll_secret", group: "webhooks", method: "POST", path: "/webhook-endpoints/{endpoint}/roll-secret" },
  ...{ scope: "webhooks:write", status: 201 },
  summary: "Give an endpoint a new secret",
  description: "The old one signs beside it for `overlap_seconds` (a day when absent), so that you can change over without losing one.",
  params: PATH,
  body: z.strictObject({ overlap_seconds: z.number().int().min(0).max(OVERLAP_MAX_SECONDS).optional() }),
  reply: SECRET,
  problems: [...POSTING, "not_found", "secrets_limit"],
  example: { overlap_seconds: 86400 },
  run: async (call): Promise<ApiResult<z.infer<typeof SECRET>>> => {
    const { overlap_seconds: overlapSeconds } = call.body;
    const secretId = namedId("secret", call.seed);
    const told = (secret: string) => ({ object: "webhook_secret" as const, endpoint: call.params.endpoint, secret });
    if (call.made !== null) return { ok: true, value: told(await untoldSecret(call.database, call.caller.merchantId, secretId)) };
    const also = await alsoOf(call, "endpoints.roll", "endpoint");
    const rolled = await rollEndpointSecret({ ...whichOf(call), overlapSeconds, secretId }, call.database, also);
    return answering(rolled, ({ secret }) => told(secret));
  },
});

const TESTED = z
  .strictObject({
    object: z.literal("webhook_test"),
    delivery: idOf("msg"),
    acknowledged: z.boolean(),
    status: z.number().int().nullable(),
    error: z.string().nullable(),
    response_body: z.string(),
    duration_ms: z.number().int(),
  })
  .meta({ id: "WebhookTest" });

/** A test again under its key is the one that was written down: sent, if it was not yet, and what came back. */
async function tested(call: OnEndpoint): Promise<Result<TestResult>> {
  const deliveryId = namedId("delivery", call.seed);
  if (call.made !== null) return { ok: true, value: await endTest(deliveryId, call.database) };
  return sendTestEvent({ ...whichOf(call), deliveryId }, call.database, await alsoOf(call, "endpoints.test", "endpoint"));
}

const test = operation({
  ...{ id: "webhook_endpoints.test", group: "webhooks", method: "POST", path: "/webhook-endpoints/{endpoint}/test" },
  ...{ scope: "webhooks:write", status: 200 },
  summary: "Send a test event",
  description: "Sends a `webhook.test` now and says what came back.",
  params: PATH,
  reply: TESTED,
  problems: [...POSTING, "not_found", "format_untestable"],
  run: async (call): Promise<ApiResult<z.infer<typeof TESTED>>> =>
    answering(await tested(call), ({ deliveryId, acknowledged, status, error, body, durationMs }) => ({
      ...{ object: "webhook_test" as const, delivery: deliveryId, acknowledged, status, error },
      ...{ response_body: body, duration_ms: Math.round(durationMs) },
    })),
});

export const WEBHOOK_OPERATIONS: readonly Operation[] = [create, list, read, update, remove, roll, test];
