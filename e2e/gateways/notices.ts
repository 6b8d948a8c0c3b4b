import type { Row } from "./cases.ts";

/** What a test makes a gateway tell; notices.spec.ts says how. */
export const TELLINGS = [
  "refused_once",
  "version_3",
  "mpgateway_failed",
  "mpgateway_unsettled",
  "mpgateway_contested",
  "fengniao_unknown_fields",
  "fengniao_blank_fields",
  "fengniao_get",
  "payout_get",
  "payout_form",
] as const;
export type Telling = (typeof TELLINGS)[number];

export interface NoticeCase {
  gateway: "hipopay-agent" | "hipopay-merchant" | "mpgateway" | "xxpay" | "fengniao";
  title: string;
  tells: Telling;
  row: Row;
}

const notice = (gateway: NoticeCase["gateway"], tells: Telling, section: string, operation: string): NoticeCase => ({
  ...{ gateway, tells, title: operation },
  row: { section, operation, method: null },
});

/** Notifications beyond the one every payment brings. */
export const NOTICES: readonly NoticeCase[] = [
  notice("hipopay-agent", "refused_once", "10.1", "notification, schedule and acknowledgement"),
  notice("hipopay-merchant", "refused_once", "10", "notification, schedule and acknowledgement"),
  notice("hipopay-merchant", "version_3", "10", "notification, content of response_version 3.0"),
  notice("mpgateway", "mpgateway_failed", "3.4", "back notification, failed 1003"),
  notice("mpgateway", "mpgateway_unsettled", "3.4", "back notification, 1002 (paid, not yet settled to the merchant)"),
  notice("mpgateway", "mpgateway_contested", "3.4", "back notification, 1001 and 1004 (not paid; investigated)"),
  notice("fengniao", "fengniao_unknown_fields", "4.1", "notification, fields nobody knows are signed too"),
  notice("fengniao", "fengniao_blank_fields", "4.1", "notification, blank fields are not signed"),
  notice("fengniao", "fengniao_get", "4.1", "notification, by GET"),
  notice("xxpay", "payout_get", "3.3", "payout notification"),
  notice("xxpay", "payout_form", "3.3", "payout notification, as a form"),
];
