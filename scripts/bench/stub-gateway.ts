// A bare gateway for `npm run bench -- create-order`: answers every Fengniao create (seeds/004 §2.6) with a code after a fixed
// wait, and does nothing else. `node scripts/bench/stub-gateway.ts <waitMs>`; prints its port. Ends with its parent.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const wait = Number(process.argv[2] ?? "0");

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const form = new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
    const { out_trade_no, total_amount } = JSON.parse(form.get("content") ?? "{}") as Record<string, string>;
    // The sweep's questions are answered as well: nobody has paid.
    const said = form.get("method") === "trade.query" ? { trade_status: "WAIT_BUYER_PAY" } : { qr_code: QR };
    const reply = JSON.stringify({ error_code: "0", error_msg: "", out_trade_no, total_amount, trade_no: `S${out_trade_no}`, ...said });
    if (wait === 0) answer(response, reply);
    else if (Number.isFinite(wait)) setTimeout(() => answer(response, reply), wait);
    // else: a gateway that took the request and never answers
  });
});

const QR = "https://qr.alipay.com/bax00000000000000000";

function answer(response: ServerResponse, reply: string): void {
  response.writeHead(200, { "content-type": "application/json" }).end(reply);
}

server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit(0));
