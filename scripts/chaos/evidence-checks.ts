import type { Tx } from "#db/client.ts";
import type { Check, Evidence, Hook, Visit } from "./check.ts";

interface Told {
  type: string;
  data: { sequence: number; order: { id: string; amount: string; currency: string } };
}

/** What shoppers and the shop saw with their own eyes, against what the database says. */
export const EVIDENCE_CHECKS: readonly Check[] = [
  {
    name: "the same form, however often it is sent, makes one order, and no order comes from nowhere",
    means: "doubled",
    find: async (tx, { visits }) => {
      const orders = await states(tx);
      const known = new Set(visits.flatMap((visit) => [...visit.tokens]));
      return [
        ...visits.filter((visit) => visit.tokens.size !== 1).map((visit) => visit.key),
        ...[...orders.keys()].filter((token) => !known.has(token)),
      ];
    },
    broken: { evidence: (evidence) => changeVisit(evidence, (visit) => ({ ...visit, tokens: new Set([...visit.tokens, "another"]) })) },
  },
  {
    name: "what the wallet told a shopper is paid, is paid here",
    means: "lost",
    find: async (tx, { visits }) => {
      const orders = await states(tx);
      const codes = await paidCodes(tx);
      return visits.flatMap((visit) => [
        ...(visit.paid.size > 0 ? [...visit.tokens].filter((token) => orders.get(token) !== "paid") : []),
        ...[...visit.paid].filter((code) => !codes.has(code)),
      ]);
    },
    broken: { evidence: (evidence) => changeVisit(evidence, (visit) => ({ ...visit, paid: new Set([...visit.paid, "another"]) })) },
  },
  {
    name: "who walked away has not paid, whatever forged notifications said",
    means: "wrong",
    find: async (tx, { visits }) => {
      const orders = await states(tx);
      return visits
        .filter((visit) => visit.paid.size === 0)
        .flatMap((visit) => [...visit.tokens].filter((token) => orders.get(token) === "paid"));
    },
    broken: { evidence: (evidence) => changeVisit(evidence, (visit) => ({ ...visit, paid: new Set() })) },
  },
  {
    name: "the shop received order.paid of every paid order, with the right amount",
    means: "lost",
    find: async (tx, { hooks }) => {
      const received = paidHooks(hooks);
      return (await paidOrders(tx)).filter((order) => !received.has(order));
    },
    broken: { evidence: forgetPaidHook },
  },
  {
    name: "the shop was told of a payment by one webhook only, and of none that is not there",
    means: "doubled",
    find: async (tx, { hooks }) => {
      const due = new Set(await paidOrders(tx));
      return [...paidHooks(hooks)].filter(([order, ids]) => ids.size !== 1 || !due.has(order)).map(([order]) => order);
    },
    broken: { evidence: (evidence) => ({ ...evidence, hooks: evidence.hooks.flatMap((hook) => [hook, { ...hook, id: `${hook.id}2` }]) }) },
  },
  {
    name: "the same webhook id always carried the same bytes, those of its delivery, and a good signature",
    means: "wrong",
    find: async (tx, { hooks }) => {
      const { rows } = await tx.$client.query<{ id: string; body: string }>("select id, body from deliveries");
      const bodies = new Map(rows.map(({ id, body }) => [id, body]));
      return hooks.filter((hook) => !hook.genuine || bodies.get(hook.id) !== hook.body).map(({ id }) => id);
    },
    broken: { evidence: (evidence) => changeHook(evidence, (hook) => ({ ...hook, body: `${hook.body} ` })) },
  },
  {
    name: "an order's webhooks arrived in the order of its events",
    means: "wrong",
    find: async (_tx, { hooks }) => {
      const acknowledged = new Map<string, number>();
      return hooks
        .filter((hook) => {
          const { data } = JSON.parse(hook.body) as Told;
          const before = acknowledged.get(data.order.id) ?? 0;
          if (hook.status < 300) acknowledged.set(data.order.id, Math.max(before, data.sequence));
          return data.sequence < before;
        })
        .map(({ id }) => id);
    },
    broken: {
      evidence: (evidence) => ({ ...evidence, hooks: evidence.hooks.flatMap((hook, index) => (index === 0 ? outOfOrder(hook) : [hook])) }),
    },
  },
];

/** The evidence without any order.paid of one order: as if the shop had never been told. */
export function forgetPaidHook(evidence: Evidence): Evidence {
  const lost = evidence.hooks.find((hook) => (JSON.parse(hook.body) as Told).type === "order.paid");
  return { ...evidence, hooks: evidence.hooks.filter((hook) => hook.id !== lost?.id) };
}

/** Webhook ids of order.paid by what they tell: order, amount, currency. */
function paidHooks(hooks: readonly Hook[]): Map<string, Set<string>> {
  const received = new Map<string, Set<string>>();
  for (const hook of hooks) {
    const told = JSON.parse(hook.body) as Told;
    if (!hook.genuine || (told.type !== "order.paid" && told.type !== "order.paid_late")) continue;
    const { id, amount, currency } = told.data.order;
    const key = `${id} ${amount} ${currency}`;
    received.set(key, (received.get(key) ?? new Set()).add(hook.id));
  }
  return received;
}

function changeVisit(evidence: Evidence, change: (visit: Visit) => Visit): Evidence {
  const chosen = evidence.visits.find((visit) => visit.paid.size > 0);
  return { ...evidence, visits: evidence.visits.map((visit) => (visit === chosen ? change(visit) : visit)) };
}

function changeHook(evidence: Evidence, change: (hook: Hook) => Hook): Evidence {
  return { ...evidence, hooks: evidence.hooks.map((hook, index) => (index === 0 ? change(hook) : hook)) };
}

function outOfOrder(hook: Hook): Hook[] {
  const later = JSON.parse(hook.body) as Told;
  later.data.sequence += 1;
  return [{ ...hook, body: JSON.stringify(later), status: 204 }, hook];
}

async function states(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await tx.$client.query<{ token: string; state: string }>("select token, state from orders");
  return new Map(rows.map(({ token, state }) => [token, state]));
}

async function paidCodes(tx: Tx): Promise<Set<string>> {
  const { rows } = await tx.$client.query<{ code: string }>("select code from sandbox.payments where state = 'PAID'");
  return new Set(rows.map(({ code }) => code));
}

/** Paid orders as a webhook names them: id, amount in major units, currency. The run's currency has two decimals. */
async function paidOrders(tx: Tx): Promise<string[]> {
  const { rows } = await tx.$client.query<{ key: string }>(
    `select id || ' ' || (amount / 100) || '.' || lpad((amount % 100)::text, 2, '0') || ' ' || currency as key
     from orders where state = 'paid' and endpoint_id is not null`,
  );
  return rows.map(({ key }) => key);
}
