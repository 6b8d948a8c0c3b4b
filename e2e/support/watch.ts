import { type BrowserContext, expect, type Request } from "@playwright/test";
import { letAddressesWin } from "./goto.ts";

/** Looks over a test's shoulder at everything its browsers do. */
export interface Watch {
  /** Watches one more context: the test's own is watched already. */
  follow(context: BrowserContext): void;
  /** What this test causes on purpose; matched against one line such as `404 GET http://…` or `console: …`. */
  allow(line: RegExp): void;
  /** Fails when anything was seen that nobody allowed. */
  verify(): void;
}

/** A Chromium that runs no scripts reports a script it does not load as blocked. */
export const BLOCKED_SCRIPT = /^csp GET .*\/_next\/static\/chunks\/[^/]+\.js$/;

/**
 * Errors on the console (Content-Security-Policy violations are among them), uncaught exceptions, failed requests,
 * answers from 400 up, and any fetch of the framework's on a shopper's page, where every step is a document load.
 */
export function newWatch(): Watch {
  const seen: string[] = [];
  const allowed: RegExp[] = [];
  const note = (line: string) => {
    if (!allowed.some((pattern) => pattern.test(line))) seen.push(line);
  };
  return {
    follow(context) {
      letAddressesWin(context);
      context.on("console", (message) => {
        // The browser's own "Failed to load resource" says less than the response below.
        if (message.type() === "error" && !/^Failed to load resource/.test(message.text()))
          note(`console: ${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => note(`uncaught: ${error.error().stack ?? error.error().message} (${error.page()?.url()})`));
      context.on("response", (response) => {
        if (response.status() >= 400) note(`${response.status()} ${response.request().method()} ${response.url()}`);
      });
      context.on("requestfailed", (request) => {
        const why = request.failure()?.errorText ?? "";
        // A browser that leaves a page drops what the page still asked for.
        if (why !== "net::ERR_ABORTED") note(`${why} ${request.method()} ${request.url()}`);
      });
      context.on("request", (request) => {
        if (isSoft(request)) note(`fetch on a shopper's page: ${request.method()} ${request.url()}`);
      });
    },
    allow: (line) => {
      allowed.push(line);
    },
    verify: () => expect(seen.filter((line) => !allowed.some((pattern) => pattern.test(line)))).toEqual([]),
  };
}

/** The page's own script polls by XMLHttpRequest and streams by EventSource; fetch is only the framework's navigation. */
function isSoft(request: Request): boolean {
  if (request.resourceType() !== "fetch" || request.isNavigationRequest()) return false;
  const page = request.headers().referer ?? "";
  return URL.canParse(page) && /^\/(pay|l)\//.test(new URL(page).pathname);
}
