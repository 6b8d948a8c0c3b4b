import type { Database } from "#db/client.ts";
import type { Backend, Caller, CashierPage, Payment } from "#lib/dialects/backend.ts";
import { sandboxBackend } from "#lib/sandbox/backend.ts";
import { type GatewayId, gatewayById } from "#lib/sandbox/gateways.ts";

/** Methods that fit each cashier of a gateway. */
export const CASHIER_METHODS = {
  pc_desk: "wechat.desk",
  mp_desk: "wechat.mp_desk",
  alipay_desk: "alipay.desk",
  alipay_wap: "alipay.wap",
  alipay_qr_frame: "alipay.web",
  alipay_jsapi: "alipay.jsapi",
  alipay_personal: "alipay.personal",
  wechat_h5: "wechat.h5",
  wechat_jsapi: "wechat.jsapi",
  wechat_mini_program: "wechat.mini_program",
  wechat_web: "wechat.native",
  qq_h5: "qq.h5",
  jd_h5: "jd.h5",
  baidu_wallet: "baidu.wallet",
  unionpay_gateway: "unionpay.gateway",
  unionpay_wap: "unionpay.wap",
  unionpay_quick: "unionpay.quick",
  bank_transfer: "bank.transfer",
} as const satisfies Record<CashierPage, string>;

/** The other company's ledger, as one of its callers sees it: payments without our product. */
export interface AtGateway {
  backend: Backend;
  caller: Caller;
  create(method: string, more?: { extra?: Record<string, string>; amount?: string }): Promise<Payment>;
}

export async function atGateway(database: Database, gateway: GatewayId, origin: string): Promise<AtGateway> {
  const backend = sandboxBackend({ database, gateway, origin });
  const caller = await backend.caller(gatewayById(gateway)?.callerNo ?? "");
  const merchantNo = caller?.merchantNos[0];
  if (!caller || !merchantNo) throw new Error(`nobody was provisioned at ${gateway}`);
  const nothing = {
    clientNo: null,
    ip: null,
    openid: null,
    authCode: null,
    deviceInfo: null,
    productId: null,
    appId: null,
    notifyUrl: null,
  };
  return {
    backend,
    caller,
    async create(method, { extra = {}, amount = "88.00" } = {}) {
      const asked = {
        ...nothing,
        method,
        merchantNo,
        currency: "CNY",
        amount,
        subject: "Tea",
        returnUrl: `${origin}/sandbox/shop?back=1`,
        extra,
      };
      const answer = await backend.create(caller, asked);
      if (!answer.ok) throw new Error(answer.problem);
      return answer.value;
    },
  };
}
