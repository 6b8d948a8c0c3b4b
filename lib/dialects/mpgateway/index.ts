import type { Dialect } from "#lib/dialects/dialect.ts";
import { ACTIONS } from "#lib/dialects/mpgateway/actions.ts";
import { handle, ROUTES } from "#lib/dialects/mpgateway/handle.ts";
import { acknowledged, notification, RETRY_SECONDS, returnUrl } from "#lib/dialects/mpgateway/notification.ts";
import { OPENID_PATH } from "#lib/dialects/mpgateway/pages.ts";
import { SUBMIT_ROUTE } from "#lib/dialects/mpgateway/submit.ts";

/** The server side of the 数据管理平台 gateway for WeChat, QQ, Alipay and UnionPay QR (seeds/002). It has no refund, bill or payout. */
export const mpgatewayDialect: Dialect = {
  id: "mpgateway",
  serves: [
    ...ROUTES.map(({ method, path }) => `${method} ${path}`),
    `GET ${OPENID_PATH}`,
    ...[...ACTIONS.keys()].map((action) => `${SUBMIT_ROUTE.method} ${SUBMIT_ROUTE.path} ${action}`),
  ],
  handle,
  notification,
  returnUrl,
  acknowledged,
  retrySeconds: RETRY_SECONDS,
};
