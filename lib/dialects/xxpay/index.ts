import type { Dialect } from "#lib/dialects/dialect.ts";
import { handle, ROUTES } from "#lib/dialects/xxpay/handle.ts";
import { acknowledged, notification, payoutNotification, RETRY_SECONDS, returnUrl } from "#lib/dialects/xxpay/notification.ts";
import { PAY_ROUTE } from "#lib/dialects/xxpay/pay.ts";
import { PRODUCTS } from "#lib/dialects/xxpay/products.ts";
import { QRCODE_PATH } from "#lib/dialects/xxpay/qrcode.ts";

/** The server side of the 聚合支付 gateway, of the XxPay family (seeds/003). It has payouts and a balance, but no refund, close or bill. */
export const xxpayDialect: Dialect = {
  id: "xxpay",
  serves: [
    ...ROUTES.map(({ path }) => `POST ${path}`),
    `GET ${QRCODE_PATH}`,
    ...[...PRODUCTS.keys()].map((product) => `POST ${PAY_ROUTE.path} ${product}`),
  ],
  handle,
  notification,
  payoutNotification,
  returnUrl,
  acknowledged,
  retrySeconds: RETRY_SECONDS,
};
