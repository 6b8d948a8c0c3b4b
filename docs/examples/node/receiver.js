// WEBHOOK_SECRET=whsec_… node docs/examples/node/receiver.js
import { createServer } from "node:http";
import { verify } from "./verify.js";

const secrets = (process.env.WEBHOOK_SECRET ?? "").split(" ").filter(Boolean);
if (secrets.length === 0) throw new Error("WEBHOOK_SECRET is missing");
const port = Number(process.env.PORT ?? 8787);
const BODY_MAX = 1_000_000;
/** Ids that were handled: the same one may come again. A real shop keeps them in its database. */
const handled = new Set();

async function receive(request, response) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_MAX) return response.writeHead(413).end();
    chunks.push(chunk);
  }
  const message = verify(Buffer.concat(chunks), request.headers, secrets);
  if (!message) return response.writeHead(400).end("not genuine\n");
  const id = request.headers["webhook-id"];
  if (!handled.has(id)) {
    const order = message.data?.order;
    console.log(message.type, order?.id, order?.amount, order?.currency);
    // order.paid: keep that the goods are to be delivered, once, if amount and currency are what you asked for.
    handled.add(id);
  }
  // Only now: what is answered is not sent again, so answer when it is kept (within 8 seconds; what takes longer comes afterwards).
  response.writeHead(204).end();
}

createServer((request, response) => {
  receive(request, response).catch(() => response.destroy());
}).listen(port, () => console.log(`listening on http://localhost:${port}/webhook`));
