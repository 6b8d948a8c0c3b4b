import type { Presentation } from "#lib/domain/presentation.ts";

/** Texts a QR code may hold beside https addresses of allowed hosts: what the wallets' own scanners open. */
const WALLET_SCHEMES = ["weixin:", "alipays:"];

/**
 * Why a presentation must not be shown, or null when it may (reliability.md 9). Browsers are sent only to https addresses of
 * the gateway's `hosts` (exact, or `*.suffix`), or to the account's own base URL's origin, whatever its scheme; never with
 * user info. QR texts may also name a wallet's own scheme.
 */
export function presentationProblem(presentation: Presentation, baseUrl: string, hosts: readonly string[]): string | null {
  switch (presentation.kind) {
    case "redirect":
    case "iframe":
      return linkProblem(presentation.url, baseUrl, hosts);
    case "form":
      return linkProblem(presentation.action, baseUrl, hosts);
    case "qr":
      return qrProblem(presentation.text, baseUrl, hosts);
    default:
      return null;
  }
}

function qrProblem(text: string, baseUrl: string, hosts: readonly string[]): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && WALLET_SCHEMES.includes(url.protocol)) return null;
  return linkProblem(text, baseUrl, hosts);
}

function linkProblem(text: string, baseUrl: string, hosts: readonly string[]): string | null {
  if (!URL.canParse(text)) return "the address is not an absolute URL";
  const url = new URL(text);
  if (url.username || url.password) return "the address carries user information";
  if (url.protocol !== "https:" && url.protocol !== "http:") return `the scheme ${url.protocol} is not allowed`;
  if (url.origin === new URL(baseUrl).origin) return null;
  if (url.protocol !== "https:") return `the scheme ${url.protocol} is not allowed`;
  if (url.port === "" && hosts.some((pattern) => hostMatches(url.hostname, pattern))) return null;
  return `the host ${url.host} is not allowed`;
}

function hostMatches(host: string, pattern: string): boolean {
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern;
}
