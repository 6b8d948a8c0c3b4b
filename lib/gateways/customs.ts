import { call, type Line } from "#lib/gateways/call.ts";
import type { OpenAccount, Outcome } from "#lib/gateways/gateway.ts";
import type { CustomsOperations, Operation } from "#lib/gateways/operation.ts";
import type { Declaration, DeclarationKey, DeclarationRequest } from "#lib/gateways/records.ts";

/** The three customs verbs of an account: a code that stands for several offices is told to each, in the document's order. */
export function customsOf<C>(
  customs: CustomsOperations<C>,
  line: Line<C>,
): Required<Pick<OpenAccount, "declare" | "redeclare" | "queryDeclaration">> {
  return {
    declare: (request) => each("declare", customs, customs.declare[request.wallet], request, line),
    redeclare: (key) => each("redeclare", customs, customs.redeclare[key.wallet], key, line),
    queryDeclaration: (key) => each("queryDeclaration", customs, customs.query[key.wallet], key, line),
  };
}

/**
 * One push after the other; the first that fails ends it, and the message names those that were done, so that a second
 * try can re-declare. A code that is not in the document's table is refused before anything is sent.
 */
async function each<C, Input extends DeclarationRequest | DeclarationKey>(
  name: string,
  customs: CustomsOperations<C>,
  operation: Operation<C, Input, Declaration[]>,
  input: Input,
  line: Line<C>,
): Promise<Outcome<Declaration[]>> {
  const codes = input.customs === undefined ? [undefined] : customs.pushes(input.wallet, input.customs);
  if (codes === null) {
    return { ok: false, kind: "refused", code: "invalid_request", message: `${input.customs} is no customs code of ${input.wallet}` };
  }
  const done: Declaration[] = [];
  for (const code of codes) {
    const outcome = await call(`${name} ${input.wallet}`, operation, code === undefined ? input : { ...input, customs: code }, line);
    if (!outcome.ok)
      return done.length === 0
        ? outcome
        : { ...outcome, message: `${outcome.message} (done before: ${done.map((d) => d.customs).join(", ")})` };
    done.push(...outcome.value);
  }
  return { ok: true, value: done };
}
