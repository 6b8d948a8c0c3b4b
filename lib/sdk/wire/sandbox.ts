// Written by scripts/sdk-types.ts from the API's own schemas: `npm run sdk:types`. Do not edit.
import type { CallOptions } from "../send.ts";
import type { Attempt } from "./orders.ts";

export interface Sandbox {
  /** Pay an attempt in the sandbox */
  pay(attempt: string, body?: SandboxPayBody, options?: CallOptions): Promise<Attempt>;
  /** Decline an attempt in the sandbox */
  decline(attempt: string, options?: CallOptions): Promise<Attempt>;
  /** Let an attempt run out in the sandbox */
  expire(attempt: string, options?: CallOptions): Promise<Attempt>;
  /** Arm a fault */
  armFault(body: SandboxArmFaultBody, options?: CallOptions): Promise<Fault>;
  /** Make a wallet's payment code */
  walletCode(body: SandboxWalletCodeBody, options?: CallOptions): Promise<WalletCode>;
}

export interface SandboxPayBody {
  faults?: {
    /** A fault of the sandbox's console, as `notice_lost`. */
    fault: string;
    seconds?: number;
  }[];
}

export interface SandboxArmFaultBody {
  account: string;
  /** A fault of the sandbox's console, as `notice_lost`. */
  fault: string;
  target?: "payment" | "request";
  /** Of requests: only this path of the gateway. */
  path?: string;
  seconds?: number;
}

export interface SandboxWalletCodeBody {
  wallet: "wechat" | "alipay" | "qq";
}

export interface Fault {
  object: "fault";
  id: number;
}

export interface WalletCode {
  object: "code";
  auth_code: string;
}
