import { Webhook } from "standardwebhooks";
import { DELIVERY_JITTER, DELIVERY_RETRY_SECONDS } from "#lib/domain/schedules.ts";
import type { NoticeFormat } from "#lib/webhooks/format.ts";

/**
 * Standard Webhooks: the event's JSON, signed anew at each try over id, time and body, once with every secret that is valid
 * (space-separated, newest first), so that a shop may take up a new secret whenever it likes before the old one ends.
 */
export const standard: NoticeFormat = {
  id: "standard",
  retrySeconds: DELIVERY_RETRY_SECONDS,
  jitter: DELIVERY_JITTER,
  signed: "each try",
  message: async ({ id, url, body, secrets }, now) => {
    if (secrets.length === 0) return { problem: "the endpoint has no secret" };
    return {
      method: "POST",
      url,
      headers: {
        "content-type": "application/json",
        "user-agent": "Shouyin-Webhooks/1",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
        "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(" "),
      },
      body,
    };
  },
  acknowledged: ({ status }) => status >= 200 && status < 300,
};
