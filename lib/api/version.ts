/** The versions of API v1 that are served, oldest first, by date. A change that could break a caller makes a new one. */
export const API_VERSIONS = ["2026-11-20"] as const;
export type ApiVersion = (typeof API_VERSIONS)[number];

/** What a request without a `Shouyin-Version` header gets. */
export const DEFAULT_VERSION: ApiVersion = "2026-11-20";

/** The version a request asks for; null when there is no such version. */
export function versionOf(header: string | null): ApiVersion | null {
  if (header === null || header === "") return DEFAULT_VERSION;
  return API_VERSIONS.find((one) => one === header) ?? null;
}
