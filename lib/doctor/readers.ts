import { readDesk, readHipopayNotification, readHipopayRequest, readWebhook } from "#lib/doctor/read-others.ts";
import { readFengniao, readMpgateway, readXxpay } from "#lib/doctor/read-shared-key.ts";
import type { SchemeId, SpecimenReader } from "#lib/doctor/specimen.ts";

/** Who reads which kind of message: the only such table. */
export const READERS: Readonly<Record<SchemeId, SpecimenReader>> = {
  "hipopay-request": readHipopayRequest,
  "hipopay-notification": readHipopayNotification,
  xxpay: readXxpay,
  mpgateway: readMpgateway,
  fengniao: readFengniao,
  desk: readDesk,
  webhook: readWebhook,
};
