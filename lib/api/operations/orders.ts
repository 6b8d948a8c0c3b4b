import { z } from "zod";
import { inTransaction } from "#db/client.ts";
import { endLifetime, listOwnOrders, readOwnOrder } from "#db/queries/api-orders.ts";
import { orderByReference } from "#db/queries/orders.ts";
import { storableText } from "#db/storable.ts";
import { PAGE_SHAPE } from "#lib/api/cursor.ts";
import { listOf, page } from "#lib/api/list.ts";
import { ORDER, type OrderObject, orderObject } from "#lib/api/objects/order.ts";
import { AMOUNT, CURRENCY, INSTANT, idOf, LOCALE, METADATA, METHOD } from "#lib/api/objects/parts.ts";
import { type Call, type Operation, operation } from "#lib/api/operation.ts";
import { startOn, triedSince } from "#lib/api/operations/attempts.ts";
import { LISTING, OPENING, POSTING, STARTING } from "#lib/api/operations/codes.ts";
import { isScan, ORDER_PATH, PAY_SHAPE, type PayBody, wantedOf } from "#lib/api/operations/pay-fields.ts";
import { alsoOf, ownerOf } from "#lib/api/owner.ts";
import { type ApiResult, refusalOf, refuse } from "#lib/api/result.ts";
import type { Result } from "#lib/domain/errors.ts";
import { isMoneyProblem, parseMoney } from "#lib/domain/money.ts";
import { ORDER_STATES } from "#lib/domain/order.ts";
import { ORDER_LIFETIME_MAX_SECONDS } from "#lib/domain/schedules.ts";
import { cancelOrder, expireOrder } from "#lib/payments/close-order.ts";
import { openAndStart } from "#lib/payments/open-and-start.ts";
import { LIFETIME_MIN_SECONDS, type OpenOrder, openOrder, TITLE_MAX, URL_MAX } from "#lib/payments/open-order.ts";

const METADATA_MAX = 20;

const BODY = z.strictObject({
  amount: AMOUNT,
  currency: CURRENCY,
  title: z.string().min(1).max(TITLE_MAX).meta({ description: "What is paid for; shoppers read it." }),
  reference: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: "Your own number: the same one again is the same order. Made up when absent." }),
  notify_url: z.string().max(URL_MAX).optional().meta({ description: "Where this order's webhooks go, beside your endpoints." }),
  return_url: z.string().max(URL_MAX).optional().meta({ description: "Where the shopper goes back to." }),
  locale: LOCALE.optional(),
  expires_in: z
    .number()
    .int()
    .min(LIFETIME_MIN_SECONDS)
    .max(ORDER_LIFETIME_MAX_SECONDS)
    .optional()
    .meta({ description: "Seconds it stays payable; 1800 when absent." }),
  metadata: METADATA.refine((value) => Object.keys(value).length <= METADATA_MAX, `at most ${METADATA_MAX} names`)
    .refine((value) => Object.entries(value).every(([name, text]) => name.length <= 40 && text.length <= 500), "names ≤ 40, texts ≤ 500")
    .optional()
    .meta({ description: "Up to 20 names (≤ 40 characters) and texts (≤ 500) of your own, given back everywhere." }),
  account: idOf("acc").optional().meta({ description: "Payable through this gateway account only." }),
  method: METHOD.optional().meta({ description: "Start a first attempt by this method in the same call." }),
  ...PAY_SHAPE,
});
type Body = z.infer<typeof BODY>;

const create = operation({
  id: "orders.create",
  group: "orders",
  method: "POST",
  path: "/orders",
  scope: "orders:write",
  summary: "Create an order",
  description:
    "Send the shopper to `checkout_url`, or give a `method` to start paying in the same call: the order's `attempt` then has the QR code, address or parameters. The same `reference` with the same amount answers the order that is there (200). When the gateway says no, the order stays open and the problem names it in `order`.",
  body: BODY,
  reply: ORDER,
  status: 201,
  problems: [...POSTING, ...OPENING, ...STARTING],
  example: {
    amount: "88.00",
    currency: "HKD",
    title: "Oolong tea, 250 g",
    reference: "A-1001",
    notify_url: "https://shop.example/webhooks",
    metadata: { basket: "7311" },
  },
  run: async (call): Promise<ApiResult<OrderObject>> => {
    const { body, caller, seed } = call;
    const amount = parseMoney(body.amount, body.currency);
    if (isMoneyProblem(amount)) return refuse(`amount_${amount}`, "amount");
    const misplaced = body.method ? null : strayField(body);
    if (misplaced) return refuse("field_invalid", misplaced, { detail: `\`${misplaced}\` needs a \`method\`.` });
    const input: OpenOrder = {
      merchantId: caller.merchantId,
      live: caller.live,
      amount,
      title: body.title,
      reference: body.reference ?? seed,
      notifyUrl: body.notify_url,
      returnUrl: body.return_url,
      locale: body.locale,
      lifetimeSeconds: body.expires_in,
      metadata: body.metadata,
      accountId: body.account,
      actor: "shop",
    };
    const { method } = body;
    const earlier =
      method && call.resumedFrom && (await orderByReference(call.database, input.merchantId, input.live, input.reference ?? ""));
    if (earlier && (await triedSince(call, earlier.id, method)))
      return answered(call, { ok: true, value: { id: earlier.id, created: true } });
    if (method === undefined) return answered(call, await openOrder(input, call.database));
    const pay = { ...body, method } satisfies PayBody;
    return isScan(method) ? openAndScan(call, input, pay) : openThenTell(call, input, pay);
  },
});

async function openThenTell(call: Call<unknown, unknown, Body>, input: OpenOrder, pay: PayBody): Promise<ApiResult<OrderObject>> {
  const started = await openAndStart({ ...input, start: wantedOf(pay, call.ip) }, call.database);
  if (started.ok && started.value.rows) return { ok: true, value: orderObject(started.value.rows), status: 201 };
  if (started.ok) return answered(call, { ok: true, value: { id: started.value.orderId, created: started.value.created } });
  const order = await orderByReference(call.database, input.merchantId, input.live, input.reference ?? "");
  return refusalOf(started, order ? { order: order.id } : {});
}

/** A till's order, charged at once: opened first, so that its code is claimed under its lock. */
async function openAndScan(call: Call<unknown, unknown, Body>, input: OpenOrder, pay: PayBody): Promise<ApiResult<OrderObject>> {
  const opened = await openOrder(input, call.database);
  if (!opened.ok) return refusalOf(opened);
  const order = await readOwnOrder(call.database, ownerOf(call), opened.value.id);
  if (!order) throw new Error(`order ${opened.value.id} vanished`);
  const started = await startOn(call, order.order, pay);
  return started.ok ? answered(call, opened) : { ok: false, problem: { ...started.problem, order: opened.value.id } };
}

async function answered(
  call: Pick<Call<unknown, unknown, unknown>, "caller" | "database">,
  opened: Result<{ id: string; created: boolean }>,
): Promise<ApiResult<OrderObject>> {
  if (!opened.ok) return refusalOf(opened);
  const found = await readOwnOrder(call.database, ownerOf(call), opened.value.id);
  if (!found) throw new Error(`order ${opened.value.id} vanished`);
  return { ok: true, value: orderObject(found), status: opened.value.created ? 201 : 200 };
}

/** A field of a try to pay where none is asked for. */
function strayField(body: Body): string | null {
  return Object.keys(PAY_SHAPE).find((name) => body[name as keyof typeof PAY_SHAPE] !== undefined) ?? null;
}

const read = operation({
  ...{ id: "orders.read", group: "orders", method: "GET", path: "/orders/{order}", scope: "orders:read", status: 200 },
  summary: "Read an order",
  params: ORDER_PATH,
  reply: ORDER,
  problems: ["not_found"],
  run: async (call): Promise<ApiResult<OrderObject>> => {
    const found = await readOwnOrder(call.database, ownerOf(call), call.params.order);
    return found ? { ok: true, value: orderObject(found) } : refuse("not_found", "order");
  },
});

const list = operation({
  ...{ id: "orders.list", group: "orders", method: "GET", path: "/orders", scope: "orders:read", status: 200 },
  summary: "List orders",
  description: "Newest first.",
  query: z.strictObject({
    ...PAGE_SHAPE,
    state: z.enum(ORDER_STATES).optional(),
    reference: z.string().min(1).max(64).optional(),
    link: idOf("lnk").optional(),
    created_from: INSTANT.optional().meta({ description: "Created at this time or later (ISO 8601, UTC)." }),
    created_before: INSTANT.optional(),
  }),
  reply: listOf(ORDER),
  problems: LISTING,
  run: (call) => {
    const { state, reference, link, created_from: from, created_before: before } = call.query;
    const filter = {
      state,
      reference: reference && storableText(reference),
      link,
      createdFrom: from ? new Date(from) : undefined,
      createdBefore: before ? new Date(before) : undefined,
    };
    return page(call.query, (wanted) => listOwnOrders(call.database, ownerOf(call), filter, wanted), orderObject);
  },
});

const cancel = operation({
  ...{ id: "orders.cancel", group: "orders", method: "POST", path: "/orders/{order}/cancel", scope: "orders:write", status: 200 },
  summary: "Cancel an open order",
  description: "The gateways are asked about each attempt first: what is paid stays paid, and then this says `order_not_open`.",
  params: ORDER_PATH,
  reply: ORDER,
  problems: ["not_found", "order_not_open", ...POSTING],
  run: async (call): Promise<ApiResult<OrderObject>> => {
    const found = await readOwnOrder(call.database, ownerOf(call), call.params.order);
    if (!found) return refuse("not_found", "order");
    const { merchantId } = call.caller;
    // A repeated request finds what the first one did.
    if (call.made === null && found.order.state !== "cancelled") {
      const cancelled = await cancelOrder(
        { merchantId, orderId: found.order.id, actor: "shop" },
        call.database,
        await alsoOf(call, "orders.close", "order"),
      );
      if (!cancelled.ok) return refusalOf(cancelled);
    }
    return answered(call, { ok: true, value: { id: found.order.id, created: false } });
  },
});

const expire = operation({
  ...{ id: "orders.expire", group: "orders", method: "POST", path: "/orders/{order}/expire", scope: "orders:write", status: 200 },
  summary: "Expire an open order now",
  description:
    "As if its time were up: shoppers see an expired page, attempts are closed at their gateways. A payment that comes all the same is `paid_late`.",
  params: ORDER_PATH,
  reply: ORDER,
  problems: ["not_found", "order_not_open", ...POSTING],
  run: async (call): Promise<ApiResult<OrderObject>> => {
    const found = await readOwnOrder(call.database, ownerOf(call), call.params.order);
    if (!found) return refuse("not_found", "order");
    const { id } = found.order;
    // A repeated request finds what the first one did.
    if (found.order.state !== "expired") {
      if (call.made === null && !(await endsNow(call, id))) return refuse("order_not_open");
      await expireOrder(id, call.database);
      // It was paid after all; or a sweep came first, and it is over as it was asked for.
      const now = await readOwnOrder(call.database, ownerOf(call), id);
      if (call.made === null && now?.order.state !== "expired") return refuse("order_not_open");
    }
    return answered(call, { ok: true, value: { id, created: false } });
  },
});

/** Ends an order's lifetime and says so in the audit, in one commit; false when it is over already. */
async function endsNow(call: Call<unknown, unknown, unknown>, orderId: string): Promise<boolean> {
  const also = await alsoOf(call, "orders.expire", "order");
  return inTransaction(call.database, async (tx) => {
    const ended = await endLifetime(tx, ownerOf(call), orderId);
    if (ended) await also(tx, orderId);
    return ended;
  });
}

export const ORDER_OPERATIONS: readonly Operation[] = [create, list, read, cancel, expire];
