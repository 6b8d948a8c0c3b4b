import type { Dialect } from "#lib/dialects/dialect.ts";
import { acknowledged, RETRY_SECONDS } from "#lib/dialects/hipopay/notice.ts";
import { handle } from "#lib/dialects/hipopay-merchant/handle.ts";
import { notification } from "#lib/dialects/hipopay-merchant/notification.ts";
import { ROUTES } from "#lib/dialects/hipopay-merchant/routes.ts";

/** The server side of the HipoPay merchant API, as its document (seeds/001) describes it. */
export const hipopayMerchantDialect: Dialect = {
  id: "hipopay-merchant",
  serves: ROUTES.map(({ method, path }) => `${method} ${path}`),
  handle,
  notification,
  // The document adds nothing to a return_url (assumed: it never mentions one; real clients send it to /alipay/wap/payment).
  returnUrl: (payment) => payment.returnUrl,
  acknowledged,
  retrySeconds: RETRY_SECONDS,
};
