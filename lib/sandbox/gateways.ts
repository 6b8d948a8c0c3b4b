import { dialectById } from "#lib/dialects/registry.ts";
import { CURRENCY_FAULTS, type Fault } from "#lib/sandbox/faults.ts";

/** One simulated gateway and the one account it has: public parts, the same for ever. */
export interface SandboxGateway {
  readonly id: string;
  /** AgentNo / MerchantNO / merid / mchId / app_id. */
  readonly callerNo: string;
  readonly merchantNo: string;
  readonly merchantName: string;
  readonly appId: string | null;
  /** How the two sides sign: with key pairs, with a shared secret, or with either. */
  readonly keys: "rsa" | "secret" | "both";
  /** Whether notices name a currency: where they do not, none can be wrong. */
  readonly noticeCurrency: boolean;
  readonly payouts: boolean;
  /** What its document prints as the acknowledgement of a notice. */
  readonly successWord: string;
  /** The application at the simulated WeChat whose OAuth finds out openids (seeds/004 3.2); else null. */
  readonly wechatAppId: string | null;
}

/** All simulated gateways, in the order of their documents. Numbers look as each document's examples do. */
export const SANDBOX_GATEWAYS = [
  {
    id: "hipopay-agent",
    callerNo: "100001",
    merchantNo: "WC1000000001",
    merchantName: "Sandbox Merchant 沙箱商户",
    appId: null,
    keys: "rsa",
    noticeCurrency: true,
    payouts: false,
    successWord: "success",
    wechatAppId: null,
  },
  {
    id: "hipopay-merchant",
    callerNo: "1000000002",
    merchantNo: "1000000002",
    merchantName: "Sandbox Merchant 沙箱商户 II",
    appId: null,
    keys: "rsa",
    noticeCurrency: true,
    payouts: false,
    successWord: "success",
    wechatAppId: null,
  },
  {
    id: "mpgateway",
    callerNo: "880000000000003",
    merchantNo: "880000000000003",
    merchantName: "Sandbox Merchant 沙箱商户 III",
    appId: null,
    keys: "secret",
    noticeCurrency: false,
    payouts: false,
    successWord: "0000",
    wechatAppId: null,
  },
  {
    id: "xxpay",
    callerNo: "20001222",
    merchantNo: "20001222",
    merchantName: "Sandbox Merchant 沙箱商户 IV",
    appId: "0ae8be35ff634e2abe94f5f32f6d5c4f",
    keys: "secret",
    noticeCurrency: false,
    payouts: true,
    successWord: "success",
    wechatAppId: null,
  },
  {
    id: "fengniao",
    callerNo: "2017081443803662",
    merchantNo: "20170815152552020001",
    merchantName: "Sandbox Merchant 沙箱商户 V",
    appId: null,
    keys: "both",
    noticeCurrency: false,
    payouts: true,
    successWord: "SUCCESS",
    wechatAppId: "wx5a4db0c5fe1170e5",
  },
] as const satisfies readonly SandboxGateway[];

export type GatewayId = (typeof SANDBOX_GATEWAYS)[number]["id"];

export function gatewayById(id: string): SandboxGateway | null {
  return SANDBOX_GATEWAYS.find((gateway) => gateway.id === id) ?? null;
}

/** Whether a fault can show at this gateway: a wrong currency only where notices name one. */
export function fitsGateway(fault: Fault, id: string): boolean {
  return !CURRENCY_FAULTS.includes(fault) || gatewayById(id)?.noticeCurrency !== false;
}

/** The public address of a gateway's root, without a trailing slash: an account's base URL. */
export function gatewayRoot(origin: string, id: string): string {
  return `${origin}/sandbox/gateway/${id}`;
}

/** The gateways whose side of the wire we speak. */
export function servedGateways(): SandboxGateway[] {
  return SANDBOX_GATEWAYS.filter(({ id }) => dialectById(id) !== null);
}
