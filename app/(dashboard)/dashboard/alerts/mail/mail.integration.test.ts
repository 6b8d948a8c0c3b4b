import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { saveMailServer } from "#app/(dashboard)/dashboard/alerts/mail/actions.ts";
import { MailServerSection } from "#app/(dashboard)/dashboard/alerts/mail/section.tsx";
import { openAlerts } from "#app/(dashboard)/dashboard/alerts/whose.ts";
import type { MailFormState } from "#components/dashboard/alert-mail.tsx";
import { makeUser } from "#db/queries/dashboard-testing.ts";
import { removeMailSettings } from "#db/queries/mail-settings.ts";
import { audit } from "#db/schema/audit.ts";
import { mailSettings } from "#db/schema/mail-settings.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { signedIn } from "#lib/auth-testing.ts";
import { mailServer } from "#lib/mail.ts";
import { type MailReceiver, openMailReceiver } from "#lib/mail-testing.ts";

/** What the request at hand says. */
const request = vi.hoisted(() => ({ headers: new Headers(), cookies: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  headers: async () => request.headers,
  cookies: async () => ({ get: (name: string) => (request.cookies.has(name) ? { name, value: request.cookies.get(name) } : undefined) }),
}));
vi.mock("next/navigation", () => ({
  redirect: (to: string) => {
    throw new Error(`redirect ${to}`);
  },
}));

const BOSS = "boss@shop.example";
const PASSWORD = "secret-password";
let world: TestDatabase;
let server: MailReceiver;
beforeAll(async () => {
  world = await testDatabase();
  server = await openMailReceiver();
  Object.assign(process.env, { PUBLIC_URL: "http://localhost:3000" });
  const userId = await makeUser(world.database, { email: BOSS, password: "correct horse battery", platformAdmin: true });
  request.cookies.set("next-auth.session-token", (await signedIn(world.database, userId)).cookie);
  request.cookies.set("lang", "en");
  request.headers = new Headers({ host: "localhost:3000", origin: "http://localhost:3000" });
});
afterAll(async () => {
  await server.close();
  await world.close();
});
beforeEach(async () => {
  for (const verb of Object.keys(server.answers)) delete server.answers[verb];
  for (const list of [server.received, server.said]) list.length = 0;
  await removeMailSettings(world.database);
});

const SENDER = "Shop <cashier@shop.example>";
async function press(url: string, sender = SENDER): Promise<MailFormState | string> {
  const form = new FormData();
  form.set("url", url);
  form.set("sender", sender);
  const before = { problem: null, field: null, confirm: null, sender: "" };
  return saveMailServer(before, form).catch((error: Error) => error.message);
}

async function drawn(): Promise<string> {
  const whose = await openAlerts("/dashboard/alerts", "installation", "view_alerts");
  if (whose.kind !== "ok") throw new Error(whose.kind);
  return renderToStaticMarkup(await MailServerSection({ whose }));
}

describe("the mail server's form", () => {
  it("sends a mail to whoever sets it and keeps the server; neither page, row nor audit shows the login", async () => {
    expect(await press(server.url("robot-user", PASSWORD))).toBe("redirect /dashboard/alerts?of=installation&said=mail");
    expect(server.received).toMatchObject([{ from: "cashier@shop.example", to: [BOSS], login: `robot-user:${PASSWORD}` }]);
    expect(await mailServer()).toMatchObject({ url: server.url("robot-user", PASSWORD), sender: SENDER, from: "screen" });
    const page = await drawn();
    expect(page).toContain(`${new URL(server.url()).host}, from Shop &lt;cashier@shop.example&gt;`);
    const stored = JSON.stringify([await world.database.select().from(mailSettings), await world.database.select().from(audit)]);
    expect(stored).toContain("alerts.mail_save");
    for (const text of [page, stored]) expect(text).not.toMatch(/secret-password|robot-user/);
  });

  it("keeps nothing of a login for another host: who names one types its whole address", async () => {
    await press(server.url("robot-user", PASSWORD));
    const other = await openMailReceiver();
    expect(await press(other.url())).toContain("redirect");
    expect(other.received).toMatchObject([{ to: [BOSS], login: null }]);
    expect(await mailServer()).toMatchObject({ url: other.url() });
    await other.close();
  });

  it.each([
    ["AUTH", "535 5.7.8 bad credentials", "The server refused the user or the password. 535 5.7.8 bad credentials"],
    ["MAIL", "553 5.7.1 not your sender", "The server was reached and did not take the mail. 553 5.7.1 not your sender"],
    ["RCPT", "550 5.1.1 no such user", "The server was reached and did not take the mail. 550 5.1.1 no such user"],
  ])("a server that answers %s with «%s» is not kept, and what it said stands at the field", async (verb, answer, problem) => {
    await press(server.url());
    server.answers[verb] = answer;
    const state = await press(server.url("robot-user", PASSWORD), "Other <other@shop.example>");
    expect(state).toMatchObject({ field: "url", confirm: null, sender: "Other <other@shop.example>" });
    expect((state as MailFormState).problem).toContain(problem);
    expect(JSON.stringify(state)).not.toContain(PASSWORD);
    expect(await mailServer()).toMatchObject({ url: server.url(), sender: SENDER });
  });

  it("a wrong port, a wrong host and wrong TLS are each said at the field, with what to check", async () => {
    const gone = await openMailReceiver();
    await gone.close();
    const said = async (url: string) => ((await press(url)) as MailFormState).problem;
    expect(await said(gone.url())).toBe("Nothing answers at this host and port: check both, and firewalls between. ECONNREFUSED");
    expect(await said(`smtp://${"a".repeat(64)}.invalid`)).toContain("There is no server of this name: check the host.");
    expect(await said(server.url().replace("smtp:", "smtps:"))).toContain("TLS did not work out: smtps:// is for a port that speaks TLS");
    expect(await mailServer()).toBeNull();
  });

  it.each(["", "mail.example", "https://mail.example", "smtp://", "smtp://host:99999", "smtp://host:0", "smtp://[::1", "javascript:x"])(
    "«%s» is no mail server's address: refused at its field, before anything is sent",
    async (url) => {
      const problem = "This is not a mail server’s address: smtp:// or smtps://, a host and a port.";
      expect(await press(url)).toEqual({ field: "url", problem, confirm: null, sender: SENDER });
    },
  );

  it.each(["", "Shop", "a@b.example\r\nBcc: x@y.example", "a@b.example, c@d.example"])("«%s» is no sender", async (sender) => {
    expect(await press(server.url(), sender)).toMatchObject({ field: "sender" });
    expect(server.said).toEqual([]);
  });
});
