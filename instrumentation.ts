/** Runs once when a server process starts, before its first request: migrations, then the workers (design.md, Runtime). */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("#lib/env.ts");
  const { readSocketAddresses } = await import("#lib/client-address.ts");
  if (env().TRUSTED_PROXIES === 0) readSocketAddresses();
  const { boot } = await import("#lib/jobs/boot.ts");
  await boot();
}
