import { z } from "zod";

/** Golden bytes made by other people's programs (each gateway's vectors.json). For tests: they read, production does not. */
export const VECTORS = z.object({
  protocol: z.string(),
  keys: z.record(z.string(), z.string()),
  requests: z.array(
    z.object({
      id: z.string(),
      timestamp: z.string(),
      params: z.record(z.string(), z.string()),
      expected: z.array(z.object({ string_to_sign: z.string(), signature_b64: z.string(), produced_by: z.array(z.string()) })).min(1),
    }),
  ),
  notifications: z.array(
    z.object({
      id: z.string(),
      public_key: z.string(),
      timestamp: z.string(),
      params: z.record(z.string(), z.string()),
      string_to_sign: z.string(),
      signature_b64: z.string(),
      valid_independent_python: z.boolean(),
    }),
  ),
});
export type Vectors = z.output<typeof VECTORS>;

/** One vector key by the beginning of its name; throws when there is none, so that a test cannot pass without it. */
export function vectorKey(vectors: Vectors, name: string): string {
  const found = Object.entries(vectors.keys).find(([key]) => key === name || key.startsWith(`${name} `));
  if (!found) throw new Error(`vectors have no key ${name}`);
  return found[1];
}

/** What a producer whose name contains `producer` expects of a request; throws when the vector has no such producer. */
export function expectedOf(request: Vectors["requests"][number], producer: string): { text: string; signature: string } {
  const found = request.expected.find(({ produced_by: by }) => by.some((name) => name.includes(producer)));
  if (!found) throw new Error(`${request.id} has nothing produced by ${producer}`);
  return { text: found.string_to_sign, signature: found.signature_b64 };
}
