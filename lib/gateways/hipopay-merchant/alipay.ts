import type { Method } from "#lib/domain/methods.ts";
import type { Created, CreateRequest } from "#lib/gateways/gateway.ts";
import { authCodeProblem, STILL_PAYING } from "#lib/gateways/hipopay/created.ts";
import { alipayApp, alipayPage, createdBy, nothing, page, qr } from "#lib/gateways/hipopay-merchant/created.ts";
import type { HipopayMerchant } from "#lib/gateways/hipopay-merchant/credentials.ts";
import { alipayWallet, common, withRmb } from "#lib/gateways/hipopay-merchant/fields.ts";
import { pathOf } from "#lib/gateways/hipopay-merchant/paths.ts";
import type { Operation } from "#lib/gateways/operation.ts";

type Create = Operation<HipopayMerchant, CreateRequest, Created>;

/** Alipay's creates by method: seeds/001 prints none of them, HipoPay's own SDKs call all. */
export const alipayCreates = {
  "alipay.app": { verb: "POST", path: pathOf("alipayApp"), fields: withRmb, reply: createdBy(alipayApp) },
  /** The phone's browser goes to Alipay and comes back to `return_url`. */
  "alipay.wap": {
    verb: "POST",
    path: pathOf("alipayWap"),
    fields: (request, context) => ({ ...withRmb(request, context), ...alipayWallet(context), return_url: request.returnUrl }),
    reply: createdBy(page),
  },
  /** The shopper scans our QR. */
  "alipay.qr": { verb: "POST", path: pathOf("alipayQrcode"), fields: withWallet, reply: createdBy(qr) },
  /** Alipay's page for PCs. */
  "alipay.web": { verb: "POST", path: pathOf("alipayWeb"), fields: withWallet, reply: createdBy(alipayPage) },
  /** The merchant scans the shopper's code; charges at once. */
  "alipay.barcode": {
    verb: "POST",
    path: pathOf("alipayBarcode"),
    check: authCodeProblem,
    fields: (request, context) => ({ ...withWallet(request, context), auth_code: request.authCode }),
    reply: createdBy(nothing, true),
    pending: STILL_PAYING,
    timeoutMs: 20_000,
  },
} satisfies Partial<Record<Method, Create>>;

function withWallet(request: CreateRequest, context: HipopayMerchant) {
  return { ...common(request, context), ...alipayWallet(context) };
}
