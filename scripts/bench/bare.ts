// The lower floor: node:http and pg, no framework. PORT, DATABASE_URL and FLOOR_SCRIPT are given.
import { createServer } from "node:http";
import { replay } from "./replay.ts";

createServer((request, response) => {
  request.resume();
  replay(Number(request.url?.split("/").at(-1)))
    .then(() => response.writeHead(200, { "content-type": "text/plain" }).end("success"))
    .catch((error: Error) => response.writeHead(500).end(error.message));
}).listen(Number(process.env.PORT), "127.0.0.1");
