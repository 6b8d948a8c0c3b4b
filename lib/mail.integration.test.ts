import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Database } from "#db/client.ts";
import { removeMailSettings, writeMailSettings } from "#db/queries/mail-settings.ts";
import { mailSettings } from "#db/schema/mail-settings.ts";
import { testDatabase } from "#db/testing.ts";
import { mailServer, sendMail, sendThrough } from "#lib/mail.ts";
import { type MailReceiver, openMailReceiver } from "#lib/mail-testing.ts";

let database: Database;
let end: () => Promise<void>;
let receiver: MailReceiver;
beforeAll(async () => {
  ({ database, close: end } = await testDatabase());
  receiver = await openMailReceiver();
});
afterAll(async () => {
  await receiver.close();
  await end();
});
afterEach(async () => {
  receiver.received.length = 0;
  for (const verb of Object.keys(receiver.answers)) delete receiver.answers[verb];
  await removeMailSettings(database);
});

const MAIL = { to: "boss@shop.example", subject: "孤儿通知 1 条", text: "第一行\n.\n最后一行" };
const set = (url: string) => writeMailSettings(database, { url, sender: "收银 <cashier@shop.example>" }, "usr_test");

it("a mail without a mail server is a result, not an error", async () => {
  expect(await mailServer(database)).toBeNull();
  expect(await sendMail(MAIL, database)).toEqual({ ok: false, problem: "not_configured", detail: "" });
});

it("what a platform admin set is used, with its login, and stands sealed in its row", async () => {
  await set(receiver.url("robot@shop.example", "p@ss word"));
  expect(await sendMail(MAIL, database)).toEqual({ ok: true });
  expect(receiver.received).toMatchObject([
    { from: "cashier@shop.example", to: ["boss@shop.example"], login: "robot@shop.example:p@ss word" },
  ]);
  expect(receiver.received[0]?.data).toContain("Auto-Submitted: auto-generated");
  const [row] = await database.select().from(mailSettings);
  expect(JSON.stringify(row)).not.toMatch(/p@ss|p%40ss|127\.0\.0\.1/);
});

it.each([
  ["RCPT", "550 5.1.1 no such user", "refused"],
  ["SENT", "554 5.7.1 looks like spam", "refused"],
  ["AUTH", "535 5.7.8 secret-password is wrong for robot-user", "login"],
] as const)("a server that answers %s with «%s» has its words told, without ours", async (verb, answer, problem) => {
  receiver.answers[verb] = answer;
  const result = await sendThrough({ url: receiver.url("robot-user", "secret-password"), sender: "a@b.example" }, MAIL);
  expect(result).toMatchObject({ ok: false, problem });
  expect(JSON.stringify(result)).toContain(answer.slice(0, 9));
  expect(JSON.stringify(result)).not.toMatch(/secret-password|robot-user/);
});

it("nobody there is told as unreachable", async () => {
  const gone = await openMailReceiver();
  const url = gone.url();
  await gone.close();
  expect(await sendThrough({ url, sender: "a@b.example" }, MAIL)).toMatchObject({ ok: false, problem: "unreachable" });
});

it.each([
  ["a line break", "boss@shop.example\r\nBcc: x@y.example"],
  ["a second recipient in one", "a@b.example, c@d.example"],
  ["a name", "Boss <boss@shop.example>"],
  ["nothing", ""],
])("an address with %s is refused before anything is sent", async (_what, to) => {
  await set(receiver.url());
  expect(await sendMail({ ...MAIL, to }, database)).toMatchObject({ ok: false, problem: "address" });
  expect(receiver.received).toEqual([]);
});

it("a subject with a line break adds no header", async () => {
  await set(receiver.url());
  expect(await sendMail({ ...MAIL, subject: "x\r\nBcc: spy@y.example" }, database)).toEqual({ ok: true });
  expect(receiver.received[0]?.to).toEqual(["boss@shop.example"]);
  expect(receiver.received[0]?.data).not.toMatch(/^Bcc:/m);
});
