import type { APIRequestContext } from "@playwright/test";
import type { CodeBehaviour } from "#lib/sandbox/codes.ts";
import type { Fault } from "#lib/sandbox/faults.ts";

/** A notice of the sandbox's gateway, with every try and what we answered. */
export interface Notice {
  id: number;
  content: string;
  state: "waiting" | "acknowledged" | "given_up" | "lost";
  tries: number;
  log: { status: number | null; body: string; acknowledged: boolean }[];
}

export interface SandboxPayment {
  no: string;
  code: string;
  clientNo: string;
  state: "INIT" | "PAID" | "FAIL" | "EXPIRED" | "CLOSED";
  amount: string;
  currency: string;
  refundedMinor: string;
}

/** The sandbox's control API (lib/sandbox/control.ts): the other company, driven from outside. */
export interface Control {
  /** The shopper pays; `number` is the gateway's number, a code, or our gateway order number. */
  pay(number: string, ...faults: Fault[]): Promise<SandboxPayment>;
  decline(number: string): Promise<void>;
  /** Sends a "paid" notice signed by a stranger. */
  forge(number: string): Promise<void>;
  /** Makes something go wrong with the next payment of one merchant of the gateway. */
  arm(fault: Fault, merchantNo: string): Promise<void>;
  redeliver(noticeId: number): Promise<{ status: number | null; acknowledged: boolean }>;
  read(number: string): Promise<{ payment: SandboxPayment; refunds: { amountMinor: string }[]; notices: Notice[] }>;
  /** A code of the shopper's wallet, for the merchant's scanner. */
  code(wallet: "wechat" | "alipay" | "qq", behaviour?: CodeBehaviour): Promise<string>;
  /** A code of WeChat's for an openid, as a mini program gets one. */
  loginCode(merchantNo: string): Promise<{ code: string; openid: string }>;
  /** Registers our page that WeChat's container opens with the shopper's openid. */
  registerPage(merchantNo: string, url: string): Promise<void>;
  readPayout(number: string): Promise<{ payout: { no: string; state: string }; notices: Notice[] }>;
  endPayout(number: string): Promise<void>;
}

export function newControl(request: APIRequestContext): Control {
  const call = async (path: string, data?: unknown) => {
    const options = data === undefined ? {} : { data };
    const answer =
      data === undefined ? await request.get(`/sandbox/control/${path}`) : await request.post(`/sandbox/control/${path}`, options);
    if (!answer.ok()) throw new Error(`sandbox ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  const at = (number: string, verb = "") => `payments/${encodeURIComponent(number)}${verb}`;
  return {
    pay: async (number, ...faults) => (await call(at(number, "/pay"), { faults: faults.map((fault) => ({ fault })) })).payment,
    decline: async (number) => void (await call(at(number, "/decline"), {})),
    forge: async (number) => void (await call(at(number, "/forge"), {})),
    arm: async (fault, merchantNo) => void (await call("faults", { fault, merchantNo, target: "payment" })),
    redeliver: (noticeId) => call(`notices/${noticeId}/redeliver`, {}),
    read: (number) => call(at(number)),
    code: async (wallet, behaviour = "pays") => (await call("codes", { wallet, behaviour })).code,
    loginCode: (merchantNo) => call("login-codes", { merchantNo }),
    registerPage: async (merchantNo, url) => void (await call("pages", { merchantNo, url })),
    readPayout: (number) => call(`payouts/${encodeURIComponent(number)}`),
    endPayout: async (number) => void (await call(`payouts/${encodeURIComponent(number)}/end`, {})),
  };
}
