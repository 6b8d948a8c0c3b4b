import type { Command } from "#lib/gateways/fengniao/commands.ts";
import type { Fengniao } from "#lib/gateways/fengniao/credentials.ts";
import type { Operation } from "#lib/gateways/operation.ts";

type Chosen = Command | ((context: Fengniao) => Command);

/** An operation of the one endpoint, by its method's name. None is sent by an account that cannot sign as its settings say. */
export function command<Input, Output>(
  name: Chosen,
  { check, ...rest }: Omit<Operation<Fengniao, Input, Output>, "verb" | "path">,
): Operation<Fengniao, Input, Output> {
  return {
    verb: "POST",
    path: typeof name === "string" ? () => name : name,
    check: (input, context) => keyProblem(context) ?? check?.(input, context) ?? null,
    ...rest,
  };
}

function keyProblem({ credentials, settings }: Fengniao): string | null {
  return settings.signType === "RSA" && credentials.privateKey === "" ? "signType is RSA, but the account has no private key" : null;
}
