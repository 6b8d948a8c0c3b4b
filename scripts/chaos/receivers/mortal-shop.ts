// A shop's server that is killed at any moment: `node mortal-shop.ts <port> <file> <name>`. What arrives is appended to the
// file before it is answered; the file outlives the process.
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { type Arrival, readBody, signedWith } from "./receiver.ts";

const [port = "0", file = "", name = ""] = process.argv.slice(2);
createServer((request, response) => {
  void readBody(request).then(
    (body) => {
      const arrival: Arrival = { receiver: name, at: Date.now(), body, status: 204, ...signedWith(request) };
      appendFileSync(file, `${JSON.stringify(arrival)}\n`);
      response.writeHead(204).end();
    },
    () => response.destroy(),
  );
}).listen(Number(port), "127.0.0.1");
process.on("disconnect", () => process.exit(0));
