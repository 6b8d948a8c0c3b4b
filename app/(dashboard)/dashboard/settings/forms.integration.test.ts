import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { filledIn, formsOf } from "#app/form-testing.ts";
import { SESSION_COOKIE, sendForm } from "#app/press-testing.ts";
import { request } from "#app/request-testing.ts";
import { makeMerchant, makeUser } from "#db/queries/dashboard-testing.ts";
import { readSettings } from "#db/queries/merchant-settings.ts";
import { type RefundLimits, readLimits } from "#db/queries/refund-limits.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { signedIn } from "#lib/auth-testing.ts";

/** The forms of settings and merchants, filled in by the words on the drawn page and posted as a browser would; then what is stored. */
vi.mock("next/headers", async () => (await import("#app/request-testing.ts")).nextHeaders);
vi.mock("next/cache", async () => (await import("#app/request-testing.ts")).nextCache);
vi.mock("next/navigation", async () => (await import("#app/request-testing.ts")).nextNavigation);

const DASH = "app/(dashboard)/dashboard";
let world: TestDatabase;
const cookies = { owner: "", platform: "" };
beforeAll(async () => {
  world = await testDatabase();
  await makeMerchant(world.database, "mer_own", "Own");
  const person = { password: "x" };
  const owner = await makeUser(world.database, { ...person, email: "owner@x.example", roles: { mer_own: "owner" } });
  const platform = await makeUser(world.database, { ...person, email: "platform@x.example", platformAdmin: true });
  cookies.owner = (await signedIn(world.database, owner)).cookie;
  cookies.platform = (await signedIn(world.database, platform)).cookie;
});
afterAll(() => world.close());

type Page = { default: (props: { params: Promise<object>; searchParams: Promise<object> }) => Promise<React.ReactNode> };

/** The form under a heading of a page, as this person sees it. */
async function formAt(page: string, heading: string, who: keyof typeof cookies, params = {}) {
  request.headers = new Headers({ host: "localhost:3000" });
  request.cookies = new Map([
    [SESSION_COOKIE, cookies[who]],
    ["lang", "en"],
    ["merchant", "mer_own"],
  ]);
  const { default: draw } = (await import(/* @vite-ignore */ `../../../../${page}`)) as Page;
  const html = renderToStaticMarkup(await draw({ params: Promise.resolve(params), searchParams: Promise.resolve({}) }));
  const forms = formsOf(html).filter((form) => form.heading === heading);
  const [form] = forms;
  if (!form || forms.length > 1) throw new Error(`${forms.length} forms at ${heading}: ${formsOf(html).map((one) => one.heading)}`);
  return form;
}

const settings = (heading: string) => formAt(`${DASH}/settings/page.tsx`, heading, "owner");
const press = (action: string, form: FormData, who: keyof typeof cookies = "owner") =>
  sendForm(`${DASH}/${action}`, form, { cookie: cookies[who] });

it("late and surplus money goes as it was chosen, each for itself", async () => {
  const stored = () => readSettings(world.database, "mer_own");
  const choose = async (chosen: Record<string, true>) =>
    press("settings/actions.ts#savePolicies", filledIn(await settings("Unexpected money"), chosen));
  expect(await stored()).toMatchObject({ latePolicy: "review", surplusPolicy: "review" });
  expect(await choose({ "Paid after the order had expired › Send it back at once": true })).toContain("Saved.");
  expect(await stored()).toMatchObject({ latePolicy: "refund", surplusPolicy: "review" });
  await choose({ "Paid after the order had expired › A person decides": true, "Paid twice › Send it back at once": true });
  expect(await stored()).toMatchObject({ latePolicy: "review", surplusPolicy: "refund" });
});

it("both limits of each currency are kept, changed, and taken off when left empty", async () => {
  const isSet = ({ approvalAbove, dailyCap }: RefundLimits) => approvalAbove !== null || dailyCap !== null;
  const stored = async () => (await readLimits(world.database, "mer_own")).filter(isSet).sort((a, b) => (a.currency < b.currency ? -1 : 1));
  const type = async (typed: Record<string, string>) =>
    press("settings/actions.ts#saveRefundLimits", filledIn(await settings("Refund limits"), typed));
  const typed = { "HKD › Approval above": "500", "HKD › At most a day": "5000.50", "CNY › Approval above": "0" };
  expect(await type(typed)).toContain("Saved.");
  const kept = { currency: "HKD", approvalAbove: 50_000n, dailyCap: 500_050n };
  expect(await stored()).toMatchObject([{ currency: "CNY", approvalAbove: 0n, dailyCap: null }, kept]);
  // What the page shows again is what is stored: saving it unchanged changes nothing.
  await type({});
  expect(await stored()).toMatchObject([{ currency: "CNY", approvalAbove: 0n }, kept]);
  await type({ "HKD › Approval above": "" });
  expect(await stored()).toMatchObject([{ currency: "CNY" }, { currency: "HKD", approvalAbove: null, dailyCap: 500_050n }]);
});

it("two-step sign-in is asked of everybody, and the page that asks it leads to setting it up", async () => {
  const form = filledIn(await settings("Two-step sign-in"), { "Everybody in this team must use it": true });
  expect(await press("settings/actions.ts#saveTwoStep", form)).toContain("Saved.");
  expect(await readSettings(world.database, "mer_own")).toMatchObject({ requireTotp: true });
  await expect(settings("Two-step sign-in")).rejects.toThrow(/redirect \/dashboard\/security/);
});

it("a merchant is made with its owner's invitation, deactivated and taken up again", async () => {
  const make = await formAt(`${DASH}/merchants/new/page.tsx`, "New merchant", "platform");
  const typed = { Name: "Harbour Tea", "E-mail of the first owner": "mei@x.example", "Time zone": "Asia/Hong_Kong", Language: "zh-HK" };
  expect(await press("merchants/actions.ts#makeMerchant", filledIn(make, typed), "platform")).toContain("/invite/");
  const { rows } = await world.database.$client.query("select id from merchants where name = 'Harbour Tea'");
  const { id } = rows[0];
  expect(await readSettings(world.database, id)).toMatchObject({ active: true, timeZone: "Asia/Hong_Kong", locale: "zh-HK" });
  const invited = await world.database.$client.query("select email, role from invitations where merchant_id = $1", [id]);
  expect(invited.rows).toEqual([{ email: "mei@x.example", role: "owner" }]);
  const at = (heading: string) => formAt(`${DASH}/merchants/[id]/page.tsx`, heading, "platform", { id });
  await press("merchants/actions.ts#closeMerchant", filledIn(await at("Deactivate"), {}), "platform");
  expect(await readSettings(world.database, id)).toMatchObject({ active: false });
  await press("merchants/actions.ts#reopenMerchant", filledIn(await at("Reactivate"), {}), "platform");
  expect(await readSettings(world.database, id)).toMatchObject({ active: true });
});
