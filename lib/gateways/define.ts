import type { z } from "zod";
import { CHARGES_AT_ONCE, type Method, type Wallet, walletOf } from "#lib/domain/methods.ts";
import { call, type Line, sentFields } from "#lib/gateways/call.ts";
import { customsOf } from "#lib/gateways/customs.ts";
import type { Ask, Created, CreateRequest, Gateway, OpenAccount, Outcome, RefusalCode } from "#lib/gateways/gateway.ts";
import { presentationProblem } from "#lib/gateways/links.ts";
import type { InboundMessage } from "#lib/gateways/notice.ts";
import type { ByWallet, ContextOf, Definition, HandOff, Operation } from "#lib/gateways/operation.ts";
import type { Balance, PayoutKey, PayoutRequest, PayoutStanding } from "#lib/gateways/payout.ts";
import type { GatewayPort } from "#lib/gateways/port.ts";
import { secretValues } from "#lib/gateways/scrub.ts";
import { escapeStrictly } from "#lib/gateways/wire.ts";

/** What an ask is called in a create request. */
const ASKED = {
  openid: "openid",
  auth_code: "authCode",
  bank: "bank",
  card_number: "cardNumber",
  payer: "payer",
} as const satisfies Partial<Record<Ask, keyof CreateRequest>>;

/** Refusals of a create which say that the number is taken: an earlier try arrived, so nothing is refused until a query answers. */
const NUMBER_EXISTS: ReadonlySet<RefusalCode> = new Set(["already_paid", "already_closed", "duplicate_number"]);

/**
 * Turns a gateway's data into a `Gateway`. What every gateway needs lives here once: classification of answers, records,
 * bounds, allowed addresses. `open` throws when credentials or settings do not fit the gateway's schemas (a broken row).
 *
 * A create that ended `unknown` may be sent again under the same number only for methods outside `chargesAtOnce`: for
 * those inside, a query must answer first. In both cases a refusal of the second try says nothing
 * of the first; a refusal that names the number as taken, paid or closed is turned into `unknown` here for that reason.
 */
export function defineGateway<Credentials extends z.ZodObject, Settings extends z.ZodObject>(
  definition: Definition<Credentials, Settings>,
): Gateway {
  type C = ContextOf<Credentials, Settings>;
  const { id, title, document, currencies, credentials, settings, asks, acknowledgement, capabilities, hosts } = definition;
  const methods = Object.keys(definition.create) as Method[];
  const { openidUrl, readReturn } = definition;
  // One set a gateway: the patterns that mask its names are kept by it (scrub.ts).
  const personal: ReadonlySet<string> = new Set(definition.personal);
  const read = remember((values) => credentials.parse(values));
  const readSettings = remember((values) => settings.parse(values));
  const contextOf = (account: { baseUrl: string; credentials: unknown; settings: unknown }): C => ({
    baseUrl: account.baseUrl.replace(/\/+$/, ""),
    credentials: read(account.credentials),
    settings: readSettings(account.settings ?? {}),
  });
  return {
    ...{ id, title, document, currencies, credentials, settings, methods, asks, acknowledgement, capabilities, hosts },
    banks: definition.banks ?? {},
    payoutChannels: Object.fromEntries(Object.entries(definition.payouts ?? {}).map(([name, { banks }]) => [name, { banks }])),
    ...(definition.fullRefundOnly && { fullRefundOnly: definition.fullRefundOnly }),
    ...(definition.rate && { rateWallets: Object.keys(definition.rate) as Wallet[] }),
    ...(definition.openidByCode && { openidByCode: true }),
    balanceNames: Object.keys(definition.balances ?? {}),
    chargesAtOnce: new Set(methods.filter((method) => CHARGES_AT_ONCE.has(method))),
    ...(openidUrl && {
      openidUrl: (own: unknown, keys: unknown, page) => {
        const parsed = credentials.safeParse(keys);
        return openidUrl({ settings: readSettings(own ?? {}), credentials: parsed.success ? parsed.data : null }, page);
      },
    }),
    ...(readReturn && { readReturn }),
    secretAddresses: ({ baseUrl, settings: own }) => {
      const place = { baseUrl: baseUrl.replace(/\/+$/, ""), settings: readSettings(own ?? {}) };
      const sent = Object.entries(definition.sentSecrets ?? {}) as [string, (own: typeof place) => readonly string[]][];
      return Object.fromEntries(sent.map(([name, addresses]) => [name, addresses(place)]));
    },
    open: (account, port) => openAccount(definition, { context: contextOf(account), personal }, port, methods),
  };
}

// Reading a key costs more than verifying with it, and callers keep the credentials of an account as one object.
function remember<T>(parse: (values: unknown) => T): (values: unknown) => T {
  const known = new WeakMap<object, T>();
  return (values) => {
    if (typeof values !== "object" || values === null) return parse(values);
    const found = known.get(values);
    if (found !== undefined) return found;
    const parsed = parse(values);
    known.set(values, parsed);
    return parsed;
  };
}

function openAccount<Credentials extends z.ZodObject, Settings extends z.ZodObject>(
  definition: Definition<Credentials, Settings>,
  { context, personal }: { context: ContextOf<Credentials, Settings>; personal: ReadonlySet<string> },
  port: GatewayPort,
  methods: readonly Method[],
): OpenAccount {
  type C = ContextOf<Credentials, Settings>;
  const secrets = secretValues(definition.credentials, context.credentials);
  const sensitive = { names: personal, values: secrets };
  const line: Line<C> = { context, codec: definition.codec, port, sensitive };
  const { query, close, refund, queryRefund, rate, bill, customs, openid, openidUrl, codec } = definition;
  return {
    methods,
    create: (method, request) => create(definition, method, request, line),
    ...(query && { query: (key) => byWallet("query", query, walletOf(key.method), key, line) }),
    ...(close && { close: (key) => byWallet("close", close, walletOf(key.method), key, line) }),
    ...(refund && { refund: (request) => byWallet("refund", refund, walletOf(request.method), request, line) }),
    ...(queryRefund && { queryRefund: (key) => byWallet("queryRefund", queryRefund, walletOf(key.method), key, line) }),
    ...(rate && { rate: (wallet, currency) => byWallet("rate", rate, wallet, { currency, at: port.now() }, line) }),
    ...(bill && { bill: (range) => call("bill", bill, range, line) }),
    ...(customs && customsOf(customs, line)),
    ...(openid && { openid: (code) => call("openid", openid, { code }, line) }),
    ...(openidUrl && { openidUrl: (page) => openidUrl(context, page) }),
    ...payoutsOf(definition, line),
    openNotification: (message) => codec.openNotification(message, context),
  };
}

/** The payout and balance operations of a document that has them; the lists of their names in any case. */
function payoutsOf<Credentials extends z.ZodObject, Settings extends z.ZodObject>(
  { payouts = {}, balances = {}, codec }: Definition<Credentials, Settings>,
  line: Line<ContextOf<Credentials, Settings>>,
): Pick<OpenAccount, "payoutChannels" | "balanceNames" | "payout" | "queryPayout" | "balance" | "openPayoutNotification"> {
  const names = Object.keys(balances);
  const channels = Object.keys(payouts);
  const { openPayoutNotification } = codec;
  return {
    payoutChannels: channels,
    balanceNames: names,
    ...(channels.length > 0 && {
      payout: async (channel: string, request: PayoutRequest): Promise<Outcome<PayoutStanding>> => {
        const found = Object.hasOwn(payouts, channel) ? payouts[channel] : undefined;
        return found ? call(`payout ${channel}`, found.create, request, line) : refused("unsupported", `no payout channel ${channel}`);
      },
      queryPayout: async (channel: string, key: PayoutKey): Promise<Outcome<PayoutStanding>> => {
        const found = Object.hasOwn(payouts, channel) ? payouts[channel] : undefined;
        return found ? call(`queryPayout ${channel}`, found.query, key, line) : refused("unsupported", `no payout channel ${channel}`);
      },
    }),
    ...(names.length > 0 && {
      balance: async (name: string): Promise<Outcome<Balance>> => {
        const found = Object.hasOwn(balances, name) ? balances[name] : undefined;
        return found ? call(`balance ${name}`, found, {}, line) : refused("unsupported", `no balance ${name}`);
      },
    }),
    ...(openPayoutNotification && {
      openPayoutNotification: (message: InboundMessage) => openPayoutNotification(message, line.context),
    }),
  };
}

async function create<Credentials extends z.ZodObject, Settings extends z.ZodObject>(
  definition: Definition<Credentials, Settings>,
  method: Method,
  request: CreateRequest,
  line: Line<ContextOf<Credentials, Settings>>,
): Promise<Outcome<Created>> {
  const operation = definition.create[method];
  if (!operation) return refused("unsupported", `${definition.id} has no ${method}`);
  if (!definition.currencies.includes(request.amount.currency)) return refused("unsupported", `no ${request.amount.currency} here`);
  if (request.amount.minor <= 0n) return refused("amount_rejected", "the amount is not positive");
  const missing = missingAsk(definition.asks[method] ?? [], request);
  if (missing) return refused("invalid_request", `${method} needs ${missing}`);
  const outcome =
    operation.verb === "BROWSER" ? handOff(operation, request, line.context) : await call(`create ${method}`, operation, request, line);
  if (!outcome.ok) {
    const taken = outcome.kind === "refused" && NUMBER_EXISTS.has(outcome.code);
    return taken ? { ok: false, kind: "unknown", message: `the number is known there (${outcome.code}): ${outcome.message}` } : outcome;
  }
  const problem = presentationProblem(outcome.value.presentation, line.context.baseUrl, definition.hosts);
  return problem === null ? outcome : { ok: false, kind: "unknown", message: problem };
}

function handOff<C extends { baseUrl: string }>(page: HandOff<C>, request: CreateRequest, context: C): Outcome<Created> {
  const problem = page.check?.(request, context) ?? null;
  if (problem !== null) return refused("invalid_request", problem);
  const pairs = Object.entries(sentFields(page.fields(request, context))).map(
    ([name, value]) => `${escapeStrictly(name)}=${escapeStrictly(value)}`,
  );
  const url = `${context.baseUrl}${page.path(context)}?${pairs.join("&")}`;
  return { ok: true, value: { presentation: { kind: "redirect", url }, gatewayRef: null } };
}

async function byWallet<C, Input, Output>(
  name: string,
  table: ByWallet<Operation<C, Input, Output>>,
  wallet: Wallet,
  input: Input,
  line: Line<C>,
): Promise<Outcome<Output>> {
  const operation = table[wallet];
  return operation ? call(`${name} ${wallet}`, operation, input, line) : refused("unsupported", `no ${name} for ${wallet}`);
}

// app_id may come from the account's settings instead: the operation itself checks it.
function missingAsk(asks: readonly Ask[], request: CreateRequest): Ask | null {
  for (const ask of asks) if (ask !== "app_id" && !request[ASKED[ask]]) return ask;
  return null;
}

function refused(code: RefusalCode, message: string): { ok: false; kind: "refused"; code: RefusalCode; message: string } {
  return { ok: false, kind: "refused", code, message };
}
