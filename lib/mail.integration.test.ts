import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
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
  receiver.said.length = 0;
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

const through = (url: string) => sendThrough({ url, sender: "a@b.example" }, MAIL);

it("nobody there is told as unreachable, with the system's own word", async () => {
  const gone = await openMailReceiver();
  const url = gone.url();
  await gone.close();
  expect(await through(url)).toEqual({ ok: false, problem: "unreachable", detail: "ECONNREFUSED" });
});

it("a name that is no host's is told as that", async () => {
  expect(await through(`smtp://${"a".repeat(64)}.invalid:25`)).toMatchObject({ ok: false, problem: "no_host" });
});

it("a server that takes the connection and says nothing is given up after five seconds", async () => {
  const mute = createServer((socket) => socket.on("error", () => {}));
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const connected = once(mute, "connection");
    const sent = through(`smtp://127.0.0.1:${(mute.address() as AddressInfo).port}`);
    const [socket] = (await connected) as [Socket];
    await vi.advanceTimersByTimeAsync(4900);
    expect(await Promise.race([sent, new Promise((resolve) => setImmediate(() => resolve("still waiting")))])).toBe("still waiting");
    await vi.advanceTimersByTimeAsync(200);
    expect(await sent).toEqual({ ok: false, problem: "no_answer", detail: "ETIMEDOUT" });
    socket.destroy();
  } finally {
    vi.useRealTimers();
    mute.close();
  }
});

describe("TLS", () => {
  it("asked of a port that does not speak it is told as that", async () => {
    expect(await through(receiver.url().replace("smtp:", "smtps:"))).toMatchObject({ ok: false, problem: "tls" });
  });

  it("with a certificate nobody vouches for is refused, and no password is sent over it", async () => {
    const doubtful = await openMailReceiver({ starttls: true });
    expect(await through(doubtful.url("robot", "secret-password"))).toMatchObject({ ok: false, problem: "tls" });
    expect(doubtful.said.map((line) => line.split(" ")[0])).toEqual(["EHLO", "STARTTLS"]);
    await doubtful.close();
  });

  it("a password is not sent to another machine that offers none", async () => {
    // 0.0.0.0 leads to this machine and is not one of its own names.
    const url = receiver.url("robot", "secret-password").replace("127.0.0.1", "0.0.0.0");
    expect(await through(url)).toMatchObject({ ok: false });
    expect(receiver.said.filter((line) => /^(AUTH|MAIL)/.test(line))).toEqual([]);
    expect(receiver.said).toContain("STARTTLS");
    expect(receiver.received).toEqual([]);
  });
});

it("a login the server repeats as it was sent is not told either", async () => {
  receiver.answers.AUTH = `535 not you: ${Buffer.from("\0robot\0secret-password").toString("base64")}`;
  expect(await through(receiver.url("robot", "secret-password"))).toEqual({ ok: false, problem: "login", detail: "535 not you: •••" });
});

it.each(["100%", "%zz", "a+b/c:d@e", "密码"])("a password of any characters goes through as it is: %s", async (password) => {
  expect(await through(receiver.url("robot", password))).toEqual({ ok: true });
  expect(receiver.received.at(-1)?.login).toBe(`robot:${password}`);
});

it("a password with a bare % needs no escape", async () => {
  expect(await through(receiver.url().replace("//", "//robot:100%@"))).toEqual({ ok: true });
  expect(receiver.received.at(-1)?.login).toBe("robot:100%");
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
