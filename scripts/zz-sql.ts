import pg from "pg"; import { readFileSync } from "node:fs";
const client = new pg.Client({ connectionString: readFileSync(process.argv[2]! + "/url", "utf8") }); await client.connect();
for (const q of process.argv.slice(3)) { const t = performance.now(); const r = await client.query(q); console.log(Math.round((performance.now() - t)*10)/10, "ms"); for (const row of r.rows ?? []) console.log(Object.values(row).map(v => v instanceof Date ? v.toISOString() : typeof v === "object" ? JSON.stringify(v) : v).join(" | ")); }
await client.end();
