import type { Dialect } from "#lib/dialects/dialect.ts";
import { handle } from "#lib/dialects/hipopay-agent/handle.ts";
import { acknowledged, notification, RETRY_SECONDS } from "#lib/dialects/hipopay-agent/notification.ts";
import { returnUrl } from "#lib/dialects/hipopay-agent/return-url.ts";

/** The server side of the HipoPay agent API, as its document (seeds/000) describes it. */
export const hipopayAgentDialect: Dialect = {
  id: "hipopay-agent",
  handle,
  notification,
  returnUrl,
  acknowledged,
  retrySeconds: RETRY_SECONDS,
};
