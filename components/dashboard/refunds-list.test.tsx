import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { RefundsList, RequestsList } from "#components/dashboard/refunds-list.tsx";
import { translator } from "#lib/i18n/translator.ts";

const AT = new Date("2026-11-20T10:48:00Z");
const ROW = {
  ...{ id: "rfr_1", orderId: "ord_1", reference: "R-1", live: true, amount: 3_050n, currency: "HKD", reason: "sold out" },
  ...{ requestedBy: "usr_a", createdAt: AT },
};
const SHOWN = {
  ...{ t: translator("en", "refunds"), common: translator("en", "dashboard"), names: new Map([["usr_a", "Ann"]]) },
  reading: { locale: "en", timeZone: "Asia/Hong_Kong" } as const,
};

/** The first row's cells under their heads, as text. */
function table(drawn: React.ReactNode): [string, string][] {
  const texts = (tag: string, html: string) =>
    [...html.matchAll(new RegExp(`<${tag}[ >].*?</${tag}>`, "gs"))].map(([cell]) => cell.replaceAll(/<[^>]*>/g, "").trim());
  const html = renderToStaticMarkup(drawn);
  const [heads, cells] = [texts("th", html), texts("td", html)];
  expect(cells).toHaveLength(heads.length);
  return heads.map((head, index) => [head, cells[index] ?? ""]);
}

const REQUEST = { ...ROW, expiresAt: new Date("2026-11-27T10:48:00Z"), decidedBy: null, decision: null, endedAt: null };

describe("each cell stands under its head", () => {
  it("in the list of what waits, where only who may decide is led to the decision", () => {
    const rows = [{ ...REQUEST, state: "requested" as const }];
    const drawn = (id: string, approves: boolean) => table(<RequestsList {...SHOWN} rows={rows} viewer={{ id, approves }} />);
    expect(drawn("usr_b", true)).toEqual([
      ["State", "Look and decide"],
      ["Amount", "HK$30.50"],
      ["Order", "R-1"],
      ["Asked by", "Ann"],
      ["Reason", "sold out"],
      ["Asked (GMT+8)", "2026-11-20 18:48"],
      ["Runs out (GMT+8)", "2026-11-27 18:48"],
    ]);
    expect(drawn("usr_a", true)[0]).toEqual(["State", "Waits for approval"]);
    expect(drawn("usr_b", false)[0]).toEqual(["State", "Waits for approval"]);
  });

  it("in the list of what was not approved", () => {
    const rows = [{ ...REQUEST, state: "declined" as const, decidedBy: "usr_a", decision: "no", endedAt: AT }];
    const drawn = table(<RequestsList {...SHOWN} rows={rows} viewer={{ id: "usr_b", approves: true }} />);
    expect(drawn.map(([head]) => head)).toEqual(["State", "Amount", "Order", "Asked by", "Reason", "Asked (GMT+8)", "Decided by"]);
    expect([drawn[0]?.[1], drawn[1]?.[1], drawn[6]?.[1]]).toEqual(["Declined", "HK$30.50", "Ann2026-11-20 18:48"]);
  });

  it("in the list of refunds", () => {
    const rows = [{ ...ROW, state: "succeeded" as const, note: null, settledAt: AT }];
    expect(table(<RefundsList {...SHOWN} rows={rows} />)).toEqual([
      ["State", "Refunded"],
      ["Amount", "HK$30.50"],
      ["Order", "R-1"],
      ["Asked by", "Ann"],
      ["Reason", "sold out"],
      ["Made (GMT+8)", "2026-11-20 18:48"],
      ["Settled (GMT+8)", "2026-11-20 18:48"],
    ]);
  });
});
