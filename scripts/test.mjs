// `npm test`: installs on Node 20 and up, then hands over to scripts/test-all.ts on the Node 24 it installed.
import { install } from "./install.mjs";
import { runPinned } from "./run-pinned.mjs";

install();
process.exitCode = await runPinned(["scripts/test-all.ts"]);
