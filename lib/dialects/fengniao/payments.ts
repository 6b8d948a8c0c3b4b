import type { CashierPage } from "#lib/dialects/backend.ts";
import type { Endpoint } from "#lib/dialects/fengniao/call.ts";
import { type Creation, creationEndpoint } from "#lib/dialects/fengniao/create.ts";
import type { FieldTable } from "#lib/dialects/fengniao/form.ts";
import { badField } from "#lib/dialects/fengniao/reply.ts";
import { UNIONPAY_CREATIONS } from "#lib/dialects/fengniao/unionpay-payments.ts";
import { payInfo } from "#lib/dialects/fengniao/wechat-parameters.ts";
import { scanReply } from "#lib/dialects/fengniao/wechat-scan.ts";
import { qrText } from "#lib/dialects/shown.ts";

/** What nearly every table begins with. `total_amount`: the range decides, not the length 11. */
const ORDER: FieldTable = { merchant_no: 20, out_trade_no: 64, order_name: 64, total_amount: null };
const NOTIFIED: FieldTable = { ...ORDER, notify_url: null };
const IP: FieldTable = { spbill_create_ip: 16 };

const CREATIONS: readonly Creation[] = [
  {
    // §2.1
    method: "weixin.pay",
    pays: "wechat.h5",
    needs: NOTIFIED,
    takes: { pay_uid: 32, ip: null, return_url: null },
    adds: page("wechat_h5"),
  },
  {
    // §2.2; 线上交易 (tran_type 2) needs the sub-merchant.
    method: "weixin.mppay",
    pays: "wechat.jsapi",
    needs: { ...NOTIFIED, ...IP },
    takes: {
      ...{ tran_type: 1, sub_appid: 32, sub_mch_id: 16, sub_openid: 128, body: null },
      ...{ is_online: null, success_url: null, cancel_url: null },
    },
    refusal: (form) =>
      form.get("tran_type") === "2" && form.get("sub_mch_id") === null ? badField("sub_mch_id", "线上交易不能为空") : null,
    // WeChat pays nobody it does not know by openid: without one the gateway's own page finds it out.
    adds: (payment, call) => (payment.openid === null ? page("wechat_jsapi")(payment, call) : { pay_info: payInfo(payment, call) }),
  },
  {
    // §2.3
    method: "weixin.qr_code_pay",
    pays: "wechat.native",
    needs: { ...NOTIFIED, ...IP, sub_appid: 32 },
    takes: { body: null, goods_id: 32, is_online: null },
    adds: scanned((code) => `weixin://wxpay/bizpayurl?pr=${code}`),
  },
  {
    // §2.4: its table has no notify_url; one that is sent is used.
    method: "weixin.scan_qr_code_pay",
    pays: "wechat.barcode",
    needs: { ...ORDER, ...IP, sub_appid: 32, auth_code: null },
    takes: { body: null, notify_url: null },
    adds: scanReply,
  },
  {
    // §2.5
    method: "weixin.h5_pay",
    pays: "wechat.h5",
    needs: { ...NOTIFIED, ...IP, goods_tag: 32, sub_mch_id: null, sceneInfo: null },
    takes: {},
    adds: page("wechat_h5"),
  },
  {
    // §2.6
    method: "alipay.qr_code_pay",
    pays: "alipay.qr",
    needs: NOTIFIED,
    takes: { goods_id: 32, client_ip: null },
    adds: scanned((code) => `https://qr.alipay.com/${code}`),
  },
  {
    // §2.7: the reply says nothing of how it ended.
    method: "alipay.scan_qr_code_pay",
    pays: "alipay.barcode",
    needs: { ...NOTIFIED, auth_code: null, scene: null },
    takes: { body: null, client_ip: null },
    adds: () => ({}),
  },
  {
    // §2.8
    method: "alipay.ration_code",
    pays: "alipay.personal",
    needs: { out_trade_no: 64, total_amount: null, notify_url: null },
    takes: { merchant_no: 20 },
    adds: page("alipay_personal"),
  },
  {
    // §2.9
    method: "alipay.wap_pay",
    pays: "alipay.wap",
    needs: { ...NOTIFIED, body: null },
    takes: { return_url: null, success_url: null },
    adds: page("alipay_wap"),
  },
  {
    // §2.10: the address, or the number for Alipay's own JSAPI.
    method: "alipay.h5_pay",
    pays: "alipay.jsapi",
    needs: NOTIFIED,
    takes: { user_id: null, ip: null, return_url: null },
    // A page from elsewhere has no number of Alipay's to tell.
    adds: (payment, call) => ({ ...page("alipay_jsapi")(payment, call), ...(payment.shown ? {} : { tradeNo: payment.code }) }),
  },
  {
    // §2.11
    method: "jd.pay",
    pays: "jd.native",
    needs: { ...NOTIFIED, order_type: 3 },
    takes: {},
    adds: scanned((code) => `https://ex.jd.com/pay?code=${code}`),
  },
  {
    // §2.12 prints code_url; real replies have both (protocols.md §4). No merchant_no in its table, but real clients send one.
    method: "qq.unified",
    pays: "qq.native",
    needs: { out_trade_no: 64, order_name: 64, spbill_create_ip: null, total_amount: null, notify_url: null },
    takes: { merchant_no: 20 },
    adds(payment) {
      const text = qrText(payment, (code) => `https://qpay.qq.com/qr/${code}`);
      return { qr_code: text, code_url: text };
    },
  },
  ...UNIONPAY_CREATIONS,
];

/** Every method that creates a payment (§2.1–§2.14). */
export const PAYMENT_ENDPOINTS: readonly Endpoint[] = CREATIONS.map(creationEndpoint);

/** `pay_url`: a page of the gateway's own. */
function page(name: CashierPage): Creation["adds"] {
  return (payment, { backend }) => ({ pay_url: backend.pageUrl(payment, name) });
}

/** `qr_code`: the text of the code the shopper scans. */
function scanned(own: (code: string) => string): Creation["adds"] {
  return (payment) => ({ qr_code: qrText(payment, own) });
}
