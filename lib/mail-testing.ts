import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { SELF_SIGNED } from "#lib/mail-testing-certificate.ts";

/** What the server was given. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and text, as sent. */
  data: string;
  /** `user:password`, when a login was made. */
  login: string | null;
}

export interface MailReceiver {
  url: (user?: string, password?: string) => string;
  received: ReceivedMail[];
  /** Every line it was told outside mails, oldest first. */
  said: string[];
  /** What is answered in place of the usual, by command, e.g. `{ RCPT: "550 5.1.1 no such user" }`. */
  answers: Record<string, string>;
  close: () => Promise<void>;
}

/**
 * A mail server of RFC 5321's least commands, for tests: takes what it is given, or answers what it is told to. `starttls`: it
 * offers that, with a certificate nobody vouches for.
 */
export async function openMailReceiver({ starttls = false } = {}): Promise<MailReceiver> {
  const received: ReceivedMail[] = [];
  const said: string[] = [];
  const answers: Record<string, string> = {};
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    converse(socket, { received, said, answers, starttls });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  const url = (user?: string, password = "") =>
    `smtp://${user ? `${encodeURIComponent(user)}:${encodeURIComponent(password)}@` : ""}127.0.0.1:${port}`;
  return { url, received, said, answers, close };
}

type Conversation = Pick<MailReceiver, "received" | "said" | "answers"> & { starttls: boolean };

function converse(plain: Socket, { received, said, answers, starttls }: Conversation): void {
  let socket: Duplex = plain;
  let mail: ReceivedMail = { from: "", to: [], data: "", login: null };
  let buffer = "";
  let inData = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  const commands: Record<string, (line: string) => string> = {
    EHLO: () => `250-test\r\n${starttls ? "250-STARTTLS\r\n" : ""}250 AUTH PLAIN`,
    HELO: () => "250 test",
    AUTH: (line) => {
      const [, user, password] = Buffer.from(line.split(" ")[2] ?? "", "base64")
        .toString()
        .split("\0");
      mail.login = `${user}:${password}`;
      return "235 2.7.0 ok";
    },
    MAIL: (line) => {
      mail.from = /<(.*?)>/.exec(line)?.[1] ?? "";
      return "250 ok";
    },
    RCPT: (line) => {
      mail.to.push(/<(.*?)>/.exec(line)?.[1] ?? "");
      return "250 ok";
    },
    DATA: () => {
      inData = true;
      return "354 go on";
    },
    QUIT: () => "221 bye",
    RSET: () => "250 ok",
  };
  const read = (chunk: Buffer) => {
    buffer += chunk.toString("utf8");
    for (;;) {
      const end = inData ? buffer.indexOf("\r\n.\r\n") : buffer.indexOf("\r\n");
      if (end < 0) return;
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + (inData ? 5 : 2));
      if (inData) {
        inData = false;
        received.push({ ...mail, data: line });
        mail = { from: "", to: [], data: "", login: mail.login };
        say(answers.SENT ?? "250 2.0.0 queued");
        continue;
      }
      said.push(line);
      const verb = line.split(" ")[0]?.toUpperCase() ?? "";
      if (verb === "STARTTLS" && starttls) {
        say("220 go on");
        socket.off("data", read);
        socket = new TLSSocket(plain, { isServer: true, ...SELF_SIGNED }).on("data", read).on("error", () => {});
        return;
      }
      say(answers[verb] ?? commands[verb]?.(line) ?? "502 not here");
    }
  };
  say("220 test ESMTP");
  socket.on("data", read);
}
