import { createElement, type ReactNode } from "react";
import { prerender } from "react-dom/static";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import ScreenError from "#app/(dashboard)/error.tsx";
import DashboardDocument from "#app/(dashboard)/layout.tsx";
import GlobalError from "#app/global-error.tsx";
import { SESSION_COOKIE } from "#app/press-testing.ts";
import { request } from "#app/request-testing.ts";
import { SCREENS } from "#components/dashboard/screens.ts";
import { Submit } from "#components/ui/submit.tsx";
import { makeMerchant, makeUser } from "#db/queries/dashboard-testing.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { signedIn } from "#lib/auth-testing.ts";
import { LOCALES, type Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

const on = vi.hoisted(() => ({ itsWay: false }));
vi.mock("next/headers", async () => (await import("#app/request-testing.ts")).nextHeaders);
vi.mock("next/cache", async () => (await import("#app/request-testing.ts")).nextCache);
vi.mock("next/navigation", async () => (await import("#app/request-testing.ts")).nextNavigation);
// What the framework and React say of a screen, or a form, that is on its way.
vi.mock("next/link", async (original) => ({ ...(await original<object>()), useLinkStatus: () => ({ pending: on.itsWay }) }));
vi.mock("react-dom", async (original) => ({ ...(await original<object>()), useFormStatus: () => ({ pending: on.itsWay }) }));

let world: TestDatabase;
let cookie = "";
beforeAll(async () => {
  world = await testDatabase();
  await makeMerchant(world.database, "mer_1", "Tea House");
  const person = { email: "platform@x.example", password: "correct horse battery", platformAdmin: true };
  cookie = (await signedIn(world.database, await makeUser(world.database, person))).cookie;
});
afterAll(() => world.close());

async function html(drawn: ReactNode): Promise<string> {
  return new Response((await prerender(drawn)).prelude).text();
}

/** A dashboard document around a screen, as a signed-in person gets it. */
async function framed(locale: Locale, children: ReactNode): Promise<string> {
  request.headers = new Headers({ host: "localhost:3000" });
  request.cookies = new Map([
    ["merchant", "mer_1"],
    ["lang", locale],
    [SESSION_COOKIE, cookie],
  ]);
  return html(await DashboardDocument({ children }));
}

describe.each(LOCALES)("in %s", (locale) => {
  const t = translator(locale, "dashboard");

  it("a screen that broke says so and that nothing was changed, names the code to pass on, tries again, and leads home", async () => {
    const error = Object.assign(new Error("secret detail"), { digest: "3141592653" });
    const drawn = await framed(locale, createElement(ScreenError, { error }));
    expect(drawn).toContain(`<html lang="${locale}"`);
    expect(drawn).toMatch(/role="alert"/);
    for (const words of [t("error.title"), t("error.text", { code: "3141592653" }), "Tea House"]) expect(drawn).toContain(words);
    expect(drawn).toMatch(new RegExp(`<button type="button"[^>]*>${t("error.retry")}</button>`));
    expect(drawn).toMatch(new RegExp(`<a href="/dashboard"[^>]*>${t("forbidden.home")}</a>`));
    expect(drawn).not.toContain("secret detail");
  });

  it("every screen's name is said while it is on its way, in the rail and in the bar of phones, and not before", async () => {
    const opening = (name: (typeof SCREENS)[number]["name"]) => t("frame.opening", { screen: t(`nav.${name}`) });
    on.itsWay = false;
    const still = await framed(locale, null);
    on.itsWay = true;
    const moving = await framed(locale, null);
    on.itsWay = false;
    expect(still).not.toMatch(/role="status"/);
    for (const { name } of SCREENS) expect(moving.split(`</span>${opening(name)}</span>`).length - 1, name).toBeGreaterThanOrEqual(2);
  });

  it("a form on its way says so, is busy, and takes no second press", async () => {
    const words = { busy: t("common.working"), children: t("common.apply") };
    const button = createElement(Submit, words);
    expect(await html(button)).toMatch(new RegExp(`<button type="submit" aria-busy="false"[^>]*>${t("common.apply")}</button>`));
    on.itsWay = true;
    const pressed = await html(button);
    on.itsWay = false;
    expect(pressed).toMatch(new RegExp(`<button type="submit" disabled="" aria-busy="true"[^>]*>${t("common.working")}</button>`));
  });
});

it("when even the document broke, it says so in all three languages and can be loaded again", async () => {
  const drawn = await html(createElement(GlobalError));
  for (const lang of ["zh-CN", "zh-HK"]) expect(drawn).toContain(`lang="${lang}"`);
  expect(drawn).toContain('<html lang="en"');
  expect(drawn).toMatch(/<a href="\?">Reload · 重新加载 · 重新載入<\/a>/);
});
