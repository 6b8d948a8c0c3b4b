// npm install && WEBHOOK_SECRET=whsec_… npm start
import express from "express";
import { verify } from "../node/verify.js";

const secrets = (process.env.WEBHOOK_SECRET ?? "").split(" ").filter(Boolean);
if (secrets.length === 0) throw new Error("WEBHOOK_SECRET is missing");
const handled = new Set();
const app = express();

// `raw`, not `json`: the signature is over the bytes as they came.
app.post("/webhook", express.raw({ type: "*/*", limit: "1mb" }), (request, response) => {
  const message = verify(request.body, request.headers, secrets);
  if (!message) return response.status(400).send("not genuine\n");
  const id = request.get("webhook-id");
  if (!handled.has(id)) {
    const order = message.data?.order;
    console.log(message.type, order?.id, order?.amount, order?.currency);
    handled.add(id);
  }
  // Only now: what is answered is not sent again, so answer when it is kept.
  response.sendStatus(204);
});

app.listen(Number(process.env.PORT ?? 8787));
