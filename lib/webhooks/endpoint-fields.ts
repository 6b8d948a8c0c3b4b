import { z } from "zod";
import type { Endpoint } from "#db/queries/endpoints.ts";
import { fail, type Problem } from "#lib/domain/errors.ts";
import { COMMON_TYPES, WEBHOOK_TYPES } from "#lib/webhooks/decisions.ts";
import { inGatewayWords, isNoticeFormat, NOTICE_FORMATS, type NoticeFormatId } from "#lib/webhooks/format.ts";
import { addressProblem } from "#lib/webhooks/guarded-fetch.ts";

export const ENDPOINT_URL_MAX = 1024;
export const DESCRIPTION_MAX = 200;

/** What an endpoint is made of: forms and the API validate with these. */
export const endpointFields = {
  url: z.string().trim().min(1).max(ENDPOINT_URL_MAX),
  description: z.string().trim().max(DESCRIPTION_MAX),
  /** Null: the common types. */
  eventTypes: z.array(z.enum(WEBHOOK_TYPES)).min(1).nullable(),
  format: z.enum(NOTICE_FORMATS),
};

/** An endpoint as people and the API see it; its secret is shown only when it is made. */
export interface EndpointView {
  id: string;
  kind: "order" | "merchant";
  url: string;
  description: string;
  live: boolean | null;
  /** Null: the common ones. */
  eventTypes: string[] | null;
  format: NoticeFormatId;
  status: "active" | "disabled";
  disabledReason: "person" | "gone" | "failing" | null;
  disabledAt: Date | null;
  failingSince: Date | null;
  createdAt: Date;
}

export function viewOfEndpoint(row: Endpoint): EndpointView {
  const { id, kind, url, description, live, eventTypes, disabledReason, disabledAt, failingSince, createdAt } = row;
  const format = isNoticeFormat(row.format) ? row.format : "standard";
  const status = row.active ? "active" : "disabled";
  return { id, kind, url, description, live, eventTypes, format, status, disabledReason, disabledAt, failingSince, createdAt };
}

/** Each thing that may be wrong with an address, as a problem of its field. */
const URL_PROBLEMS = {
  scheme: "webhook_url_scheme",
  port: "webhook_url_port",
  userinfo: "webhook_url_userinfo",
  host: "webhook_url_host",
  format: "url_invalid",
} as const;

export interface EndpointValues {
  url: string;
  description: string;
  eventTypes: string[] | null;
  format: NoticeFormatId;
}

/** What is wrong with an endpoint's values; null when nothing is. Where its name leads is checked at each call. */
export function endpointProblem(values: EndpointValues): Problem | null {
  const { url, description, eventTypes, format } = values;
  const address = url.length > ENDPOINT_URL_MAX ? "format" : addressProblem(url);
  if (address) return fail(URL_PROBLEMS[address], "url").problem;
  if (description.length > DESCRIPTION_MAX) return fail("text_too_long", "description", { max: String(DESCRIPTION_MAX) }).problem;
  if (!isNoticeFormat(format)) return fail("format_unavailable", "format").problem;
  const types: readonly string[] = eventTypes ?? COMMON_TYPES;
  const known = types.every((type) => (WEBHOOK_TYPES as readonly string[]).includes(type));
  const sayable = format === "standard" ? types.length > 0 : types.some(inGatewayWords);
  return known && sayable ? null : fail("event_types_invalid", "event_types").problem;
}
