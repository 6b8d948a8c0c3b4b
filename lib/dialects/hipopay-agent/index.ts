import type { Dialect } from "#lib/dialects/dialect.ts";
import { acknowledged, RETRY_SECONDS } from "#lib/dialects/hipopay/notice.ts";
import { handle } from "#lib/dialects/hipopay-agent/handle.ts";
import { notification } from "#lib/dialects/hipopay-agent/notification.ts";
import { returnUrl } from "#lib/dialects/hipopay-agent/return-url.ts";
import { ROUTES } from "#lib/dialects/hipopay-agent/routes.ts";

/** The server side of the HipoPay agent API, as its document (seeds/000) describes it. */
export const hipopayAgentDialect: Dialect = {
  id: "hipopay-agent",
  serves: ROUTES.map(({ method, path }) => `${method} ${path}`),
  handle,
  notification,
  returnUrl,
  acknowledged,
  retrySeconds: RETRY_SECONDS,
};
