import { z } from "zod";
import { pushesOf } from "#lib/gateways/hipopay/customs-codes.ts";
import { keyProblem, requestProblem } from "#lib/gateways/hipopay/declaration-checks.ts";
import { DECLARATION, declarationRows, declarationsFrom, declareFields, keyedFields } from "#lib/gateways/hipopay/declarations.ts";
import type { HipopayAgent } from "#lib/gateways/hipopay-agent/credentials.ts";
import { PATHS, pathOf } from "#lib/gateways/hipopay-agent/paths.ts";
import type { CustomsOperations, Operation } from "#lib/gateways/operation.ts";
import type { Declaration, DeclarationKey, DeclarationRequest } from "#lib/gateways/records.ts";

/** seeds/000 §9: customs declarations of both wallets. */
export const customs: CustomsOperations<HipopayAgent> = {
  pushes: pushesOf,
  declare: { wechat: declareAt("wechatDeclare"), alipay: declareAt("alipayDeclare") },
  redeclare: { wechat: keyed("wechatRedeclare", "redeclare"), alipay: keyed("alipayRedeclare", "redeclare") },
  query: { wechat: keyed("wechatDeclaration", "query"), alipay: keyed("alipayDeclaration", "query") },
};

function declareAt(key: "wechatDeclare" | "alipayDeclare"): Operation<HipopayAgent, DeclarationRequest, Declaration[]> {
  return { verb: PATHS[key].verb, path: pathOf(key), check: requestProblem, fields: declareFields, reply };
}

function keyed(
  key: "wechatRedeclare" | "alipayRedeclare" | "wechatDeclaration" | "alipayDeclaration",
  purpose: "redeclare" | "query",
): Operation<HipopayAgent, DeclarationKey, Declaration[]> {
  return {
    verb: PATHS[key].verb,
    path: pathOf(key),
    check: (asked) => keyProblem(asked, purpose),
    fields: (asked) => keyedFields(asked, purpose),
    reply,
  };
}

function reply(asked: DeclarationRequest | DeclarationKey): z.ZodType<Declaration[]> {
  return z.object({ data: declarationRows(DECLARATION) }).transform(({ data }, issues) => declarationsFrom(data, asked, issues));
}
