import type { Dialect } from "#lib/dialects/dialect.ts";
import { ENDPOINTS } from "#lib/dialects/fengniao/endpoints.ts";
import { handle } from "#lib/dialects/fengniao/handle.ts";
import { acknowledged, notification, RETRY_SECONDS } from "#lib/dialects/fengniao/notification.ts";
import { returnUrl } from "#lib/dialects/fengniao/return-url.ts";

/** The server side of the fengniao API, as its document (seeds/004) describes it. It has no notice of payouts. */
export const fengniaoDialect: Dialect = {
  id: "fengniao",
  serves: ["POST /gateway", ...ENDPOINTS.map(({ method }) => `POST /gateway ${method}`)],
  handle,
  notification,
  returnUrl,
  acknowledged,
  retrySeconds: RETRY_SECONDS,
};
