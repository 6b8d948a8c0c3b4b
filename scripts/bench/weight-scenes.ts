import { DEMO_MERCHANT } from "#db/seed-demo.ts";
import type { Method } from "#lib/domain/methods.ts";
import type { Shopper } from "#lib/domain/shopper.ts";
import { openOrder } from "#lib/payments/open-order.ts";
import { startAttempt } from "#lib/payments/start-attempt.ts";
import type { World } from "../world.ts";

/** A screen and the name its browser gives itself. */
export interface Device {
  userAgent: string;
  viewport: { width: number; height: number };
  isMobile: boolean;
}

const ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36";
const SCREEN = { width: 390, height: 844 };

export const DEVICES = {
  phone: { userAgent: ANDROID, viewport: SCREEN, isMobile: true },
  wechat: {
    userAgent: `${ANDROID} MicroMessenger/8.0.49.2600(0x28003133) NetType/WIFI Language/zh_CN`,
    viewport: SCREEN,
    isMobile: true,
  },
  desktop: {
    userAgent: "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    viewport: { width: 1280, height: 800 },
    isMobile: false,
  },
} as const satisfies Record<string, Device>;

/** One page as it is measured. */
export interface WeightScene {
  name: string;
  device: keyof typeof DEVICES;
  /** What the page must say of itself in `data-view` and `data-detail`, or the wrong page was measured. */
  view: string;
  detail?: string;
  /** The thing the shopper came for: the code to scan, or the button to press. */
  target: string;
  /** Whether the wallet's bridge must be called without anybody pressing anything. */
  callsBridge?: boolean;
  /** Brings an order into the state; gives the page's path. */
  prepare(world: World): Promise<string>;
}

const METHOD_BUTTON = "button[name=method]:not([disabled])";
const CODE = ".qr svg";

export const WEIGHT_SCENES: readonly WeightScene[] = [
  { name: "link", device: "phone", view: "link", target: "main form button[type=submit]", prepare: async () => "/l/demo" },
  {
    name: "choose",
    device: "phone",
    view: "choose",
    target: METHOD_BUTTON,
    prepare: async ({ database }) => `/pay/${await order(database)}?choose=1`,
  },
  { name: "choose", device: "desktop", view: "choose", target: METHOD_BUTTON, prepare: ({ database }) => order(database).then(page) },
  { name: "wechat qr", device: "desktop", view: "waiting", detail: "qr", target: CODE, prepare: started("wechat.native") },
  { name: "wechat qr", device: "phone", view: "waiting", detail: "qr", target: CODE, prepare: started("wechat.native") },
  { name: "alipay qr", device: "desktop", view: "waiting", detail: "qr", target: CODE, prepare: started("alipay.qr") },
  {
    name: "jsapi",
    device: "wechat",
    view: "waiting",
    detail: "jsapi",
    target: "button[data-jsapi]",
    callsBridge: true,
    // `go` is how the start sends the shopper here: the bridge is called by itself, once.
    prepare: async (world) => `${await started("wechat.jsapi")(world)}?go=1`,
  },
];

const page = (token: string): string => `/pay/${token}`;

async function order(database: World["database"]): Promise<string> {
  const amount = { minor: 8_800n, currency: "HKD" } as const;
  const opened = await openOrder({ merchantId: DEMO_MERCHANT, amount, title: "Demo order", live: false, actor: "bench" }, database);
  if (!opened.ok) throw new Error(`no order: ${opened.problem.code}`);
  return opened.value.token;
}

/** An order whose try was really started at the simulated gateway: its code or parameters have their real length. */
function started(method: Method): WeightScene["prepare"] {
  return async ({ database }) => {
    const token = await order(database);
    const shopper: Shopper = { browser: "desktop", ip: "203.0.113.7", userAgent: DEVICES.desktop.userAgent, locale: "zh-CN" };
    const result = await startAttempt({ token, method, shopper, openid: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" }, database);
    if (!result.ok) throw new Error(`${method} could not be started: ${result.problem.code}`);
    return page(token);
  };
}
