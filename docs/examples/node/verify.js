import { createHmac, timingSafeEqual } from "node:crypto";

const TOLERANCE_SECONDS = 300;

/**
 * The message of a genuine webhook, or null. `body` is the request's body as it arrived, a Buffer: parsing and writing it
 * again would change it. `secrets`: one, or several while one is being replaced.
 */
export function verify(body, headers, secrets) {
  const id = headers["webhook-id"] ?? "";
  const timestamp = headers["webhook-timestamp"] ?? "";
  if (!/^\d+$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return null;
  const given = String(headers["webhook-signature"] ?? "")
    .split(" ")
    .filter((one) => one.startsWith("v1,"))
    .map((one) => Buffer.from(one.slice(3), "base64"));
  for (const secret of secrets) {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
    if (given.some((one) => one.length === expected.length && timingSafeEqual(one, expected))) return JSON.parse(body.toString("utf8"));
  }
  return null;
}
