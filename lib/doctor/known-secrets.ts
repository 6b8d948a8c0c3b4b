import type { Database } from "#db/client.ts";
import { readSigningRows } from "#db/queries/doctor.ts";
import { readHolders } from "#lib/doctor/read-holders.ts";
import { gatewayById } from "#lib/gateways/registry.ts";
import { secretValues } from "#lib/gateways/scrub.ts";
import { credentialsOf } from "#lib/secrets.ts";

/**
 * Every secret of a merchant in clear, for what must prove that none of them leaves: gateway credentials marked secret, keys of
 * /compat and /desk, webhook secrets; private keys whole and line by line. Stays on the server.
 */
export async function knownSecrets(database: Database, merchantId: string): Promise<string[]> {
  const [{ accounts }, holders] = await Promise.all([readSigningRows(database, merchantId), readHolders(database, merchantId)]);
  const marked = accounts.flatMap((row) => {
    const gateway = gatewayById(row.gateway);
    // What nobody can open leaves by nothing.
    const credentials = credentialsOf(row) ?? {};
    return gateway ? secretValues(gateway.credentials, credentials) : Object.values(credentials).filter((one) => typeof one === "string");
  });
  const held = holders.flatMap(({ secret, caller, gateway }) => [secret, caller?.privatePem ?? null, gateway?.privatePem ?? null]);
  const whole = held.filter((one) => one !== null);
  const lines = whole.flatMap((one) => one.split("\n")).filter((line) => line.length >= 16 && !line.startsWith("-----"));
  const bare = whole.filter((one) => one.startsWith("whsec_")).map((one) => one.slice("whsec_".length));
  return [...new Set([...marked, ...whole, ...lines, ...bare])].filter((one) => one !== "");
}
