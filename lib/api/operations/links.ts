import { z } from "zod";
import { cut } from "#db/queries/api-page.ts";
import { type CheckoutLink, listLinks, ownLink } from "#db/queries/links.ts";
import { PAGE_SHAPE } from "#lib/api/cursor.ts";
import { listOf, page } from "#lib/api/list.ts";
import { LINK, type LinkObject, linkObject } from "#lib/api/objects/link.ts";
import { idOf } from "#lib/api/objects/parts.ts";
import { type Call, type Operation, operation } from "#lib/api/operation.ts";
import { LISTING, POSTING, WRITING } from "#lib/api/operations/codes.ts";
import { alsoOf } from "#lib/api/owner.ts";
import { type ApiResult, answering, refuse } from "#lib/api/result.ts";
import { createLink } from "#lib/payments/create-link.ts";
import { editLink } from "#lib/payments/edit-link.ts";
import { type CreateLinkInput, createLinkInput, editLinkInput } from "#lib/payments/link-input.ts";
import { reactivateLink, retireLink } from "#lib/payments/retire-link.ts";

/** What a link's terms may be refused for (lib/domain/link-terms.ts), beyond what the body's schema refuses. */
const TERMS = [
  "title_missing",
  "amount_missing",
  "amount_format",
  "amount_places",
  "amount_range",
  "amount_zero",
  "pricing_invalid",
  "choices_invalid",
  "choice_label_invalid",
  "limits_invalid",
  "suggested_outside",
  "quantity_range",
  "quantity_not_here",
  "time_invalid",
  "times_invalid",
  "field_key_invalid",
  "field_label_invalid",
  "field_options_invalid",
  "url_invalid",
  "account_not_found",
  "locale_invalid",
] as const;
/** Of a slug that is made up. */
const SLUG_LENGTH = 12;

const LINK_PATH = z.strictObject({ link: idOf("lnk") });

/** This key's link, or the problem. */
async function ownOf(call: Call<{ link: string }, unknown, unknown>): Promise<ApiResult<CheckoutLink>> {
  const link = await ownLink(call.database, call.caller.merchantId, call.params.link);
  return link?.live === call.caller.live ? { ok: true, value: link } : refuse("not_found", "link");
}

const create = operation({
  ...{ id: "links.create", group: "links", method: "POST", path: "/links", scope: "links:write", status: 201 },
  summary: "Create a checkout link",
  description: "Price it by exactly one of `amount`, `choices`, and `min_amount` with `max_amount` (the shopper enters it).",
  body: createLinkInput,
  reply: LINK,
  problems: [...POSTING, ...TERMS, "slug_taken"],
  example: { title: "Oolong tea, 250 g", currency: "HKD", amount: "88.00", quantity_max: 5 },
  run: async (call): Promise<ApiResult<LinkObject>> => {
    const link: CreateLinkInput = { ...call.body, slug: call.body.slug ?? call.seed.slice(0, SLUG_LENGTH) };
    const earlier = await madeBefore(call);
    if (earlier) return { ok: true, value: linkObject(earlier) };
    const made = await createLink(
      { merchantId: call.caller.merchantId, live: call.caller.live, link },
      call.database,
      await alsoOf(call, "links.create", "link"),
    );
    return answering(made, linkObject);
  },
});

/** What an earlier run under this Idempotency-Key made, opened or closed. */
async function madeBefore({ caller, database, made }: Call<unknown, unknown, unknown>): Promise<CheckoutLink | null> {
  return made === null ? null : ownLink(database, caller.merchantId, made);
}

const list = operation({
  ...{ id: "links.list", group: "links", method: "GET", path: "/links", scope: "links:read", status: 200 },
  summary: "List checkout links",
  query: z.strictObject({
    ...PAGE_SHAPE,
    active: z.enum(["true", "false"]).optional().meta({ description: "Only open ones, or only retired ones." }),
  }),
  reply: listOf(LINK),
  problems: LISTING,
  run: (call) => {
    const { merchantId, live } = call.caller;
    const active = call.query.active === undefined ? undefined : call.query.active === "true";
    return page(
      call.query,
      async (wanted) => {
        const { limit, after, before } = wanted;
        const place = { ...(after && { after }), ...(before && { before }) };
        const rows = await listLinks(call.database, { merchantId, live, active, limit: limit + 1, ...place });
        // `listLinks` gives newest first in every case; `cut` takes what is read before a place in the order it was read.
        return cut(before ? rows.toReversed() : rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }));
      },
      linkObject,
    );
  },
});

const read = operation({
  ...{ id: "links.read", group: "links", method: "GET", path: "/links/{link}", scope: "links:read", status: 200 },
  summary: "Read a checkout link",
  params: LINK_PATH,
  reply: LINK,
  problems: ["not_found"],
  run: async (call): Promise<ApiResult<LinkObject>> => {
    const link = await ownOf(call);
    return link.ok ? { ok: true, value: linkObject(link.value) } : link;
  },
});

const update = operation({
  ...{ id: "links.update", group: "links", method: "PATCH", path: "/links/{link}", scope: "links:write", status: 200 },
  summary: "Change a checkout link",
  description: "What is absent stays, null clears; giving one way of pricing clears the others. Orders that are there keep what they have.",
  params: LINK_PATH,
  body: editLinkInput,
  reply: LINK,
  problems: [...WRITING, "not_found", ...TERMS, "stock_below_taken", "once_below_taken"],
  example: { title: "Oolong tea, 500 g", amount: "160.00" },
  run: async (call): Promise<ApiResult<LinkObject>> => {
    const link = await ownOf(call);
    if (!link.ok) return link;
    const { merchantId } = call.caller;
    const also = await alsoOf(call, "links.edit", "link", { fields: Object.keys(call.body).sort().join(", ") });
    return answering(await editLink({ merchantId, linkId: link.value.id, change: call.body }, call.database, also), linkObject);
  },
});

/** Closing and opening differ in one use case. */
function moving(verb: "retire" | "reactivate", summary: string, move: typeof retireLink): Operation {
  return operation({
    ...{ id: `links.${verb}`, group: "links", method: "POST", path: `/links/{link}/${verb}`, scope: "links:write", status: 200 },
    summary,
    params: LINK_PATH,
    reply: LINK,
    problems: [...POSTING, "not_found"],
    run: async (call): Promise<ApiResult<LinkObject>> => {
      const link = await ownOf(call);
      if (!link.ok) return link;
      if (call.made !== null) return { ok: true, value: linkObject(link.value) };
      const also = await alsoOf(call, verb === "retire" ? "links.retire" : "links.reopen", "link");
      return answering(await move({ merchantId: call.caller.merchantId, linkId: link.value.id }, call.database, also), linkObject);
    },
  });
}

export const LINK_OPERATIONS: readonly Operation[] = [
  create,
  list,
  read,
  update,
  moving("retire", "Retire a checkout link", retireLink),
  moving("reactivate", "Open a retired link again", reactivateLink),
];
