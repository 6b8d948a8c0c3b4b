// `npm start`: installs on Node 20 and up, then hands over to scripts/serve.ts on the Node 24 it installed.
import { install } from "./install.mjs";
import { runPinned } from "./run-pinned.mjs";

const [major] = process.versions.node.split(".").map(Number);
if (major < 20) {
  console.error(`Node 20 or newer is needed; this is ${process.version}.`);
  process.exit(1);
}
install();
process.exitCode = await runPinned(["scripts/serve.ts"]);
