import { PAGES, type PageRow } from "#app/page-rows-testing.ts";

const D = "app/(dashboard)/dashboard";
const C = "components/dashboard";

/** An address that shows an empty state: `file` is the page, `from` where `Empty` is written, the page itself when absent. */
export interface EmptyCase {
  file: string;
  from?: string;
  /** `bare` has nothing at all, `house` a gateway account and an order nobody paid; absent: bare. */
  merchant?: "bare" | "house";
  /** `@account` and `@order` are the house's. */
  params?: Readonly<Record<string, string>>;
  search?: Readonly<Record<string, string>>;
  /** Only these people meet it. */
  who?: readonly string[];
}

const filters: EmptyCase[] = [
  { file: `${D}/deliveries/page.tsx`, search: { state: "dead" } },
  { file: `${D}/audit/page.tsx`, search: { action: "links.edit" } },
  { file: `${D}/links/page.tsx`, search: { state: "active" } },
  { file: `${D}/payouts/page.tsx`, search: { state: "paid" } },
  { file: `${D}/developers/requests/page.tsx`, search: { outcome: "failed" } },
  { file: `${D}/developers/events/page.tsx`, search: { type: "order.paid" } },
  { file: `${D}/merchants/page.tsx`, search: { name: "nobody has this name" } },
  ...["waiting", "orphan", "refused"].map((verdict) => ({ file: `${D}/notifications/page.tsx`, search: { verdict } })),
  { file: `${D}/orders/page.tsx`, from: `${C}/orders-none.tsx`, search: { q: "4200001234", state: "paid" } },
  { file: `${D}/refunds/page.tsx`, search: { tab: "declined", from: "2026-11-01" } },
];

const plain: EmptyCase[] = [
  ...["accounts", "alerts", "audit", "counter", "deliveries", "links", "notifications", "payouts", "payouts/new", "refunds"],
  ...["developers/compat", "developers/endpoints", "developers/events", "developers/keys", "developers/requests"],
].map((screen) => ({ file: `${D}/${screen}/page.tsx` }));

/** Every empty state there is; app/empty.integration.test.ts fails when a file has one more than are met here. */
export const EMPTY_CASES: readonly EmptyCase[] = [
  ...plain,
  ...filters,
  { file: `${D}/payouts/page.tsx`, merchant: "house" },
  { file: `${D}/team/page.tsx`, who: ["alone"] },
  { file: `${D}/orders/page.tsx`, from: `${C}/orders-none.tsx` },
  { file: `${D}/system/page.tsx`, from: `${C}/system-failed-jobs.tsx` },
  { file: `${D}/orders/[id]/refund/page.tsx`, merchant: "house", params: { id: "@order" } },
  { file: `${D}/notifications/refused/[message]/page.tsx`, merchant: "house", params: { message: "@account.1.1" } },
  { file: `${D}/accounts/page.tsx`, from: `${C}/refusal.tsx`, who: ["viewer", "operator"] },
  { file: `${D}/system/page.tsx`, from: `${C}/refusal.tsx`, who: ["owner"] },
  { file: `${D}/page.tsx`, from: `${C}/refusal.tsx`, who: ["outsider"] },
  { file: `${D}/not-found.tsx`, who: ["viewer", "platform"] },
  { file: "app/(docs)/docs/api/page.tsx", search: { q: "no operation is called this" }, who: ["nobody"] },
];

const shapes = Object.entries(PAGES).map(([file, row]): [RegExp, PageRow] => {
  const path = file
    .replace(/^app\//, "/")
    .replaceAll(/\/\([^)]*\)/g, "")
    .replace(/\/page\.tsx$/, "");
  return [new RegExp(`^${path.replaceAll(/\[[^\]]+\]/g, "[^/]+")}$`), row];
});

/** The page an address of the dashboard leads to; null when there is none. */
export function pageAt(address: string): PageRow | null {
  const [path = ""] = address.split(/[?#]/);
  return shapes.find(([shape]) => shape.test(path))?.[1] ?? null;
}
