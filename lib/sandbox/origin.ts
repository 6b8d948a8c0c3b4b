/**
 * Whether a request's Origin is the very host it was sent to. Without an Origin the answer is `missing`: browsers send
 * one with every POST, so forms demand it; tools do not, so the JSON control API lets them through.
 */
export function originOf(request: Request): "same" | "other" | "missing" {
  const origin = request.headers.get("origin");
  if (origin === null) return "missing";
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  return URL.canParse(origin) && new URL(origin).host === host ? "same" : "other";
}
