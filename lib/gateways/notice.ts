import type { Standing } from "#lib/domain/verdict.ts";

/** What a gateway sends us by itself, and what a codec makes of it. */

/** An inbound message exactly as received. Header names are lower case. */
export interface InboundMessage {
  method: string;
  query: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** Why a notification was not believed. */
export type NotificationRefusal =
  | "unreadable"
  | "duplicate_field"
  | "missing_signature"
  | "bad_signature"
  | "missing_field"
  | "ambiguous_value";

/** A notification whose signature was verified. There is no other kind. */
export interface VerifiedNotification {
  gatewayOrderNo: string;
  gatewayRef: string | null;
  standing: Standing;
  /** `inline`: this may move money. `query`: a hint; a query's reply settles. */
  settles: "inline" | "query";
  /** SHA-256 of what was signed: the same notice again has the same fingerprint. */
  fingerprint: string;
  /** The fields as received, personal data masked, for people to read. */
  fields: Record<string, string>;
  /**
   * Why it is not about this account although its signature is good (another merchant or app id), in a sentence: kept,
   * flagged, acknowledged, and nothing moves (protocols.md).
   */
  conflict?: string;
}

export type OpenedNotification =
  | { ok: true; notification: VerifiedNotification }
  | {
      ok: false;
      reason: NotificationRefusal;
      detail: string;
      /** The number it claims to be about, unverified: only to be found by. */
      gatewayOrderNo: string | null;
    };
