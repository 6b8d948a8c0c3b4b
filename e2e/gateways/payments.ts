import type { Row } from "./cases.ts";

/** Whose browser the shopper uses: decides what is offered. */
export type BrowserName = "desktop" | "phone" | "wechat" | "qq" | "unionpay";

/** Whether a method is chosen, begins by itself as the only one made for this browser, or is chosen after that one has begun. */
type Begins = "chosen" | "by itself" | "after another";

/**
 * How a shopper pays: reads our QR with the wallet; goes to the gateway's cashier (`back`: and is sent back); scans the code in
 * the gateway's frame; inside a wallet's own browser, whose sheet opens; shows a code to the merchant's scanner.
 */
export type Way =
  | { how: "code"; in: BrowserName }
  | { how: "cashier"; in: BrowserName; back: boolean; begins: Begins }
  | { how: "frame"; in: "desktop" }
  | { how: "sheet"; in: "wechat_app" | "alipay_app" }
  | { how: "counter"; in: "till"; wallet: "wechat" | "alipay" | "qq"; from: "pays" | "hong_kong" };

/** One way to pay at one gateway, and the rows of its table that are done by it. */
export interface PaymentCase {
  gateway: "hipopay-agent" | "hipopay-merchant" | "mpgateway" | "xxpay" | "fengniao";
  title: string;
  method: string;
  way: Way;
  rows: readonly Row[];
  settings?: Readonly<Record<string, unknown>>;
  /** Answers to what the method asks, by their names in the form. */
  answers?: Readonly<Record<string, string>>;
  /** The gateway's answer is changed on its way to us, to what real gateways are seen to answer too. */
  between?: "page_instead_of_parameters" | "qr_code_alone";
  /** What the gateway adds to the address the shopper comes back to. */
  returns?: RegExp;
  /** No notice is sent: its request has no notify_url. */
  silent?: boolean;
}

type Gateway = PaymentCase["gateway"];
type More = Partial<Pick<PaymentCase, "settings" | "answers" | "between" | "returns" | "silent" | "title">> & { rows?: readonly Row[] };

const code = (browser: BrowserName = "desktop"): Way => ({ how: "code", in: browser });
const cashier = (browser: BrowserName, ends: "comes back" | "stays" = "comes back", begins: Begins = "chosen"): Way => ({
  ...{ how: "cashier", in: browser, back: ends === "comes back", begins },
});
const till = (wallet: "wechat" | "alipay" | "qq", from: "pays" | "hong_kong" = "pays"): Way => ({
  ...{ how: "counter", in: "till", wallet, from },
});
const FRAME: Way = { how: "frame", in: "desktop" };
const WECHAT: Way = { how: "sheet", in: "wechat_app" };
const ALIPAY: Way = { how: "sheet", in: "alipay_app" };

const row = (section: string, operation: string, method: string | null = null): Row => ({ section, operation, method });

/** A payment that does the row of this section, operation and method; `rows` are more that it does on its way. */
function at(gateway: Gateway, section: string, operation: string, method: string, way: Way, more: More = {}): PaymentCase {
  const { rows = [], title = `${section} ${operation}`, ...rest } = more;
  return { gateway, title: `${title}, ${method}`, method, way, rows: [row(section, operation, method), ...rows], ...rest };
}

const RETURN = "return parameters (a hint, never proof)";
const CONTAINER = { containerUrl: "/sandbox/wechat/container" };
const HONG_KONG = { wechatWallet: "hongkong", alipayWallet: "hongkong" };
const HK_SWITCH = "create; Hong Kong wallet with `hk_wallet=true`";
const DESK_RETURN = /[?&]tarde_type=/;

const AGENT: readonly PaymentCase[] = [
  at("hipopay-agent", "4.1", "create", "wechat.jsapi", WECHAT, {
    rows: [row("4.1", "openid address (container page)", "wechat.jsapi")],
  }),
  at("hipopay-agent", "4.2", "create", "wechat.barcode", till("wechat")),
  at("hipopay-agent", "4.3", "create", "wechat.native", code(), {
    rows: [row("10.2", "notification, content"), row("10.3", "notification, verification")],
  }),
  at("hipopay-agent", "4.6", "create", "wechat.desk", cashier("desktop"), {
    returns: DESK_RETURN,
    rows: [row("4.6.3", RETURN, "wechat.desk")],
  }),
  at("hipopay-agent", "4.7", "create", "wechat.mp_desk", cashier("wechat", "comes back", "after another"), {
    returns: DESK_RETURN,
    rows: [row("4.7.3", RETURN, "wechat.mp_desk")],
  }),
  at("hipopay-agent", "5.1", "create, Hong Kong wallet", "wechat.barcode", till("wechat", "hong_kong")),
  at("hipopay-agent", "6.1", "create", "alipay.web", FRAME),
  at("hipopay-agent", "6.3", "create", "alipay.wap", cashier("phone")),
  at("hipopay-agent", "6.4", "create", "alipay.desk", cashier("desktop"), {
    returns: DESK_RETURN,
    rows: [row("6.4.3", RETURN, "alipay.desk")],
  }),
  at("hipopay-agent", "7.1", "create", "alipay.qr", code()),
  at("hipopay-agent", "7.2", "create", "alipay.barcode", till("alipay")),
];

const MERCHANT: readonly PaymentCase[] = [
  at("hipopay-merchant", "7", "create", "wechat.jsapi", WECHAT, {
    settings: CONTAINER,
    rows: [row("5", "openid address (container page)", "wechat.jsapi")],
  }),
  at("hipopay-merchant", "7", "create, Hong Kong wallet", "wechat.jsapi", WECHAT, { settings: { ...CONTAINER, ...HONG_KONG } }),
  at("hipopay-merchant", "7", "create (the gateway's page for PCs)", "wechat.desk", cashier("desktop", "stays")),
  at("hipopay-merchant", "7", "create", "wechat.native", code(), {
    rows: [row("10", "notification, content"), row("4", "notification, verification")],
  }),
  at("hipopay-merchant", "7", "create", "wechat.barcode", till("wechat")),
  at("hipopay-merchant", "7", "create, Hong Kong wallet (`hk_wallet=true`)", "wechat.barcode", till("wechat", "hong_kong"), {
    settings: HONG_KONG,
  }),
  at("hipopay-merchant", "7", HK_SWITCH, "alipay.wap", cashier("phone"), { title: "mainland" }),
  at("hipopay-merchant", "7", HK_SWITCH, "alipay.wap", cashier("phone"), { title: "Hong Kong", settings: HONG_KONG }),
  at("hipopay-merchant", "7", HK_SWITCH, "alipay.qr", code(), { title: "mainland" }),
  at("hipopay-merchant", "7", HK_SWITCH, "alipay.qr", code(), { title: "Hong Kong", settings: HONG_KONG }),
  at("hipopay-merchant", "7", HK_SWITCH, "alipay.web", cashier("desktop", "stays"), { title: "mainland, a page" }),
  at("hipopay-merchant", "7", HK_SWITCH, "alipay.web", FRAME, {
    title: "Hong Kong, framed",
    settings: { ...HONG_KONG, alipayWeb: "iframe" },
  }),
  at("hipopay-merchant", "7", HK_SWITCH, "alipay.barcode", till("alipay"), { title: "mainland" }),
  at("hipopay-merchant", "7", HK_SWITCH, "alipay.barcode", till("alipay", "hong_kong"), { title: "Hong Kong", settings: HONG_KONG }),
];

const MPGATEWAY: readonly PaymentCase[] = [
  at("mpgateway", "3.1", "create, merchant scans, WxCode", "wechat.barcode", till("wechat")),
  at("mpgateway", "3.1", "create, WxSao", "wechat.native", code(), {
    rows: [row("3.1", "create's answer, signed"), row("3.4", "back notification, paid 0000")],
  }),
  at("mpgateway", "3.1", "create, WxJsApi", "wechat.jsapi", WECHAT, {
    returns: /[?&]resp=.+&sign=[0-9a-f]{32}/i,
    rows: [
      row("3.2", "openid address (the name of the parameter that comes back is assumed)", "wechat.jsapi"),
      row("3.3", "page that opens the wallet (signed: assumed)", "wechat.jsapi"),
      row("2.3", "front notification (a hint, never proof)"),
    ],
  }),
  at("mpgateway", "3.1", "create, WxH5 (formaction as an address: assumed)", "wechat.h5", cashier("phone", "stays")),
  at("mpgateway", "3.1", "create, merchant scans, AliCode", "alipay.barcode", till("alipay")),
  at("mpgateway", "3.1", "create, AliSao", "alipay.qr", code()),
  at("mpgateway", "3.1", "create, AliWap", "alipay.wap", cashier("phone", "stays")),
  at("mpgateway", "3.1", "create, merchant scans, QQCode", "qq.barcode", till("qq")),
  at("mpgateway", "3.1", "create, QQSao", "qq.native", code()),
  at("mpgateway", "3.1", "create, USao", "unionpay.qr", code()),
];

const PAYER = { payer_bank: "HPT00002", payer_name: "张三", payer_account: "6222020000000000123" };
const product = (id: string, name: string, method: string, way: Way, more: More = {}): PaymentCase =>
  at("xxpay", "4.1", `create, product ${id} ${name}`, method, way, { settings: { products: { [method]: id } }, ...more });

const XXPAY: readonly PaymentCase[] = [
  product("8000", "网银支付", "bank.transfer", cashier("desktop"), { answers: PAYER }),
  product("8001", "银联快捷", "unionpay.quick", cashier("unionpay", "comes back", "by itself")),
  product("8002", "微信扫码支付", "wechat.native", code(), {
    rows: [
      row("2.1", "create's request, signed"),
      row("2.1", "create's answer, signed with payParams"),
      row("2.3", "pay notification, back (backType 2)"),
    ],
  }),
  product("8003", "微信 H5 支付", "wechat.h5", cashier("phone"), {
    returns: /[?&]backType=1/,
    rows: [row("2.3", "pay notification, front (backType 1; a hint, never proof)")],
  }),
  product("8004", "微信公众号支付", "wechat.jsapi", WECHAT),
  product("8006", "支付宝 QY 扫码支付", "alipay.qr", code()),
  product("8007", "支付宝 QY H5 支付", "alipay.wap", cashier("phone")),
  product("8008", "支付宝服务窗支付", "alipay.jsapi", ALIPAY),
  product("8009", "QQ 钱包扫码", "qq.native", code()),
  product("8010", "QQ 钱包 H5 支付", "qq.h5", cashier("qq", "comes back", "by itself")),
  product("8011", "京东扫码支付", "jd.native", code()),
  product("8012", "京东 H5 支付", "jd.h5", cashier("phone")),
  product("8013", "百度钱包", "baidu.wallet", cashier("phone")),
  product("8014", "银联二维码", "unionpay.qr", code()),
  product("8015", "支付宝 GT H5 支付", "alipay.wap", cashier("phone")),
  product("8016", "支付宝 GT 扫码支付", "alipay.qr", code()),
  product("8017", "支付宝 DM 扫码支付 (支付宝 H5 支付)", "alipay.qr", code()),
  // The document contradicts itself: sold as H5, this product shows a code.
  product("8017", "支付宝 DM 扫码支付 (支付宝 H5 支付)", "alipay.wap", code("phone")),
  product("8018", "支付宝 DM H5 支付 (支付宝扫码支付)", "alipay.wap", cashier("phone")),
  product("8018", "支付宝 DM H5 支付 (支付宝扫码支付)", "alipay.qr", cashier("desktop")),
  product("8019", "云闪付", "unionpay.qr", code()),
];

const FENGNIAO: readonly PaymentCase[] = [
  at("fengniao", "2.1", "create, by the setting wechatH5", "wechat.h5", cashier("phone"), { settings: { wechatH5: "weixin.pay" } }),
  at("fengniao", "2.2", "create, answering pay_info", "wechat.jsapi", WECHAT, {
    rows: [row("3.2", "openid address (WeChat's OAuth)", "wechat.jsapi"), row("3.2", "openid (WeChat's code)", "wechat.jsapi")],
  }),
  at("fengniao", "2.2", "create, answering pay_url", "wechat.jsapi", cashier("wechat", "comes back", "by itself"), {
    between: "page_instead_of_parameters",
  }),
  at("fengniao", "2.3", "create", "wechat.native", code(), {
    rows: [row("4.1", "notification, WeChat's fields: no status"), row("3.1", "signature, MD5")],
  }),
  at("fengniao", "2.3", "create", "wechat.native", code(), {
    title: "by RSA",
    settings: { signType: "RSA" },
    rows: [row("3.1", "signature, RSA (SHA-1 over the same text)")],
  }),
  at("fengniao", "2.4", "create (charges; its end by query)", "wechat.barcode", till("wechat"), { silent: true }),
  at("fengniao", "2.5", "create", "wechat.h5", cashier("phone", "stays"), { settings: { subMchId: "1900000109" } }),
  at("fengniao", "2.6", "create", "alipay.qr", code(), { rows: [row("4.1", "notification, Alipay's fields")] }),
  at("fengniao", "2.7", "create (charges; its end by query)", "alipay.barcode", till("alipay")),
  at("fengniao", "2.8", "create", "alipay.personal", cashier("desktop", "stays"), {
    rows: [row("2.8", "notification, personal code: no status")],
  }),
  at("fengniao", "2.9", "create", "alipay.wap", cashier("phone")),
  at("fengniao", "2.10", "create", "alipay.jsapi", ALIPAY),
  at("fengniao", "2.11", "create", "jd.native", code(), { rows: [row("4.1", "notification, QQ, JD and UnionPay (the common fields)")] }),
  at("fengniao", "2.12", "create, answering code_url", "qq.native", code()),
  at("fengniao", "2.12", "create, answering qr_code", "qq.native", code(), { between: "qr_code_alone" }),
  at("fengniao", "2.13", "create, a bank of 25 and a kind of card", "unionpay.gateway", cashier("desktop"), {
    answers: { bank: "01050000", card: "debit" },
  }),
  at("fengniao", "2.14", "create, by card number", "unionpay.wap", cashier("unionpay"), {
    answers: { card_number: "6222020200112233446" },
  }),
];

/** Every way a shopper pays at every gateway, but for those that begin in a merchant's own app (commands.ts). */
export const PAYMENTS: readonly PaymentCase[] = [...AGENT, ...MERCHANT, ...MPGATEWAY, ...XXPAY, ...FENGNIAO];
