import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { CounterStatus } from "#components/dashboard/counter-status.tsx";
import type { ProblemCode } from "#lib/domain/errors.ts";
import { LOCALES } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { ScanState, ScanView } from "#lib/payments/read-scan.ts";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: () => {} }) }));

const STATES: ScanState[] = ["ready", "waiting", "unconfirmed", "failed", "paid", "ended"];

function draw(
  state: ScanState,
  more: { locale?: (typeof LOCALES)[number]; live?: boolean; said?: ProblemCode; problem?: ProblemCode } = {},
) {
  const { locale = "en", live = true, said = null, problem = null } = more;
  const attempt =
    state === "ready" ? null : { id: "att_1", method: "wechat.barcode" as const, gatewayOrderNo: "2026112012345", gatewayRef: null };
  const view: ScanView = {
    ...{ orderId: "ord_1", token: "tok", state, amount: { minor: 1250n, currency: "HKD" as const }, title: "Tea", reference: "R-1" },
    ...{ problem, attempt, secondsLeft: state === "waiting" ? 42 : 0, paidAt: state === "paid" ? new Date(0) : null, sequence: 3 },
  };
  return renderToStaticMarkup(
    <CounterStatus
      t={translator(locale, "dashboard")}
      problem={translator(locale, "problem")}
      view={view}
      said={said}
      order={{ merchantId: "mer_1", live, currency: "HKD" }}
      reading={{ locale, timeZone: "Asia/Hong_Kong" }}
      again={async () => {}}
    />,
  );
}

/** The tag that has the focus when the page opens. */
const focused = (html: string) => /<(\w+)[^>]*\sautofocus=""[^>]*>/i.exec(html)?.[0] ?? "";

describe("a counter's page", () => {
  it.each(LOCALES)("says each state in one heading in %s, with the amount", (locale) => {
    for (const state of STATES) {
      const html = draw(state, { locale });
      expect([...html.matchAll(/<h1[^>]*>([^<]+)<\/h1>/g)], state).toHaveLength(1);
      expect(html).toContain("12.50");
    }
  });

  it("loads itself anew without JavaScript only while something may still happen", () => {
    const refreshes = STATES.filter((state) => /<noscript><meta http-equiv="refresh" content="\d+"/i.test(draw(state)));
    expect(refreshes).toEqual(["waiting", "unconfirmed"]);
  });

  it("takes another code only where nothing was charged and nothing is under way", () => {
    expect(STATES.filter((state) => draw(state).includes('name="code"'))).toEqual(["ready", "failed"]);
  });

  it("has the focus where the next thing is done: the code's field, or the next customer", () => {
    expect(focused(draw("failed"))).toContain('name="code"');
    for (const over of ["paid", "ended"] as const) expect(focused(draw(over))).toMatch(/^<button/);
    for (const open of ["waiting", "unconfirmed"] as const) expect(focused(draw(open))).toBe("");
  });

  it("counts the seconds down from the server's", () => {
    expect(draw("waiting")).toContain("42 seconds left");
  });

  it("says the reason once, and never that test money is in", () => {
    const html = draw("failed", { problem: "auth_code_used", said: "auth_code_used" });
    expect([...html.matchAll(/it was used before/g)]).toHaveLength(1);
    expect(draw("ready", { said: "auth_code_used" })).toContain("it was used before");
    expect(draw("paid", { live: false })).toContain("No real money moved");
    expect(draw("paid")).not.toContain("No real money moved");
  });

  it("goes on to the next customer in the same currency and with the same kind of money", () => {
    expect(draw("paid", { live: false })).toMatch(/name="currency" value="HKD".*name="kind" value="test"/);
  });
});
