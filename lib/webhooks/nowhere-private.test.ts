import { createServer } from "node:http";
import net, { type AddressInfo, Socket } from "node:net";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { urlProblem } from "#lib/webhooks/guard.ts";
import { guardedClient, LIMITS } from "#lib/webhooks/guarded-fetch.ts";
import { NASTY_URLS, REFUSED_AS_WRITTEN, RESOLVED } from "#lib/webhooks/testing/nasty-urls.ts";

beforeAll(() => {
  Object.assign(process.env, {
    DATABASE_URL: "postgres://nowhere/none",
    PUBLIC_URL: "https://pay.example.com",
    SANDBOX: "on",
    ALLOW_PRIVATE_WEBHOOKS: "0",
  });
});

/** Addresses that sockets were about to connect to. Nothing leaves: each is stopped there. */
const attempts: string[] = [];
beforeEach(() => {
  attempts.length = 0;
});
afterEach(() => {
  vi.restoreAllMocks();
});

interface ConnectOptions {
  host?: string;
  hostname?: string;
  lookup?: (host: string, options: { all: true }, callback: (error: Error | null, found: { address: string }[]) => void) => void;
}

/** Stands where every TCP connection of the process begins: resolves as net would, notes the address, and stops. */
function interceptConnections(): void {
  vi.spyOn(Socket.prototype, "connect").mockImplementation(function (this: Socket, ...parameters: unknown[]) {
    const options = [parameters[0]].flat()[0] as ConnectOptions;
    const host = options.host ?? options.hostname ?? "?";
    const stop = (error: Error) => process.nextTick(() => this.destroy(error));
    if (net.isIP(host) || !options.lookup) {
      attempts.push(host);
      stop(new Error("stopped by the test"));
      return this;
    }
    options.lookup(host, { all: true }, (error, found) => {
      if (!error) attempts.push(...found.map(({ address }) => address));
      stop(error ?? new Error("stopped by the test"));
    });
    return this;
  });
}

const home = async () => [{ address: "127.0.0.1", family: 4 }];
const message = (url: string) => ({ method: "POST", url, headers: {}, body: "{}" }) as const;

describe("the nasty addresses", () => {
  it("are at least 120, all different", () => {
    expect(new Set(NASTY_URLS).size).toBe(NASTY_URLS.length);
    expect(NASTY_URLS.length).toBeGreaterThanOrEqual(120);
  });

  it.each(REFUSED_AS_WRITTEN)("%j is refused as it stands", (url) => expect(urlProblem(url)).not.toBeNull());

  it("are never connected to, whatever their names resolve to", async () => {
    interceptConnections();
    const send = guardedClient(home);
    for (const url of NASTY_URLS) {
      const answer = await send(message(url));
      expect({ url, status: answer.status, told: answer.error !== null }).toEqual({ url, status: null, told: true });
    }
    expect(attempts).toEqual([]);
  });

  it("reach no listening socket of this machine either", async () => {
    const heard: string[] = [];
    const server = net.createServer((socket) => {
      heard.push(String(socket.remoteAddress));
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    // Every connection of this process, wherever it was to go, ends at our listener: none may come.
    const connect = Socket.prototype.connect;
    vi.spyOn(Socket.prototype, "connect").mockImplementation(function (this: Socket, ...parameters: unknown[]) {
      const options = [parameters[0]].flat()[0] as ConnectOptions & { port?: number };
      const there = net.isIP(options.host ?? "") ? { host: "127.0.0.1" } : {};
      return connect.call(this, { ...options, ...there, port } as never, (parameters[0] as unknown[])?.[1] as never);
    });
    const send = guardedClient(home);
    await Promise.all(NASTY_URLS.map((url) => send(message(url))));
    expect(heard).toEqual([]);

    // Control: with the guard off, the same harness hears the same client.
    process.env.ALLOW_PRIVATE_WEBHOOKS = "1";
    const { guardedClient: fresh } = await freshClient();
    await fresh(home)(message("https://127.0.0.1:8443/hook"));
    process.env.ALLOW_PRIVATE_WEBHOOKS = "0";
    expect(heard).toEqual(["127.0.0.1"]);
    await new Promise((resolve) => server.close(resolve));
  });
});

/** The client as a process with the environment of now has it (the environment is read once). */
async function freshClient() {
  vi.resetModules();
  return import("#lib/webhooks/guarded-fetch.ts");
}

describe("a name that leads home", () => {
  it.each([
    ["one private address", ["10.0.0.1"]],
    ["a public and a private one", ["1.1.1.1", "127.0.0.1"]],
    ["a private one behind IPv6", ["2606:4700:4700::1111", "::ffff:127.0.0.1"]],
    ["nothing at all", []],
  ])("%s: is not connected to", async (_what, found) => {
    interceptConnections();
    const send = guardedClient(async () => found.map((address) => ({ address, family: net.isIP(address) })));
    for (const host of RESOLVED) expect((await send(message(`https://${host}/`))).error).toBe("EFORBIDDEN");
    expect(attempts).toEqual([]);
  });

  it("control: one that leads to the public internet would be, at the very address that was checked", async () => {
    interceptConnections();
    const send = guardedClient(async () => [{ address: "1.1.1.1", family: 4 }]);
    expect((await send(message("https://shop.example.com/"))).error).toBe("stopped by the test");
    expect(attempts).toEqual(["1.1.1.1"]);
  });

  it("rebinding: is asked once a connection, so what it answers next cannot take the checked one's place", async () => {
    interceptConnections();
    let asked = 0;
    const rebinding = async () => [{ address: ++asked % 2 === 1 ? "1.1.1.1" : "127.0.0.1", family: 4 }];
    const send = guardedClient(rebinding);
    const answers = [];
    for (let each = 0; each < 6; each += 1) answers.push((await send(message("https://rebind.example.com/"))).error);
    expect(answers).toEqual([
      "stopped by the test",
      "EFORBIDDEN",
      "stopped by the test",
      "EFORBIDDEN",
      "stopped by the test",
      "EFORBIDDEN",
    ]);
    expect(asked).toBe(6);
    expect(attempts).toEqual(["1.1.1.1", "1.1.1.1", "1.1.1.1"]);
  });
});

describe("a redirect", () => {
  it.each([301, 302, 303, 307, 308])("%i is not followed, wherever it leads", async (status) => {
    let reached = 0;
    const inside = createServer((_request, response) => {
      reached += 1;
      response.end("secret");
    });
    await new Promise<void>((resolve) => inside.listen(0, "127.0.0.1", resolve));
    const target = `http://127.0.0.1:${(inside.address() as AddressInfo).port}/admin`;
    const outside = createServer((_request, response) =>
      response.writeHead(status, { location: target, refresh: `0;url=${target}` }).end(),
    );
    await new Promise<void>((resolve) => outside.listen(0, "127.0.0.1", resolve));
    process.env.ALLOW_PRIVATE_WEBHOOKS = "1";
    const { sendGuarded } = await freshClient();
    const from = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/hook`;
    expect(await sendGuarded(message(from))).toMatchObject({ status, error: null });
    expect(reached).toBe(0);
    // Control: the place it led to can be reached.
    expect(await sendGuarded(message(target))).toMatchObject({ status: 200, body: "secret" });
    expect(reached).toBe(1);
    process.env.ALLOW_PRIVATE_WEBHOOKS = "0";
    for (const server of [inside, outside]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

it("a name that is never found is given up in the time to connect", async () => {
  const send = guardedClient(() => new Promise<never>(() => undefined), { ...LIMITS, connectMs: 50 });
  expect(await send(message("https://shop.example/hook"))).toMatchObject({ status: null, error: "UND_ERR_CONNECT_TIMEOUT" });
});
