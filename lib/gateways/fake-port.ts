import type { Exchange, GatewayPort, OutgoingAnswer, OutgoingRequest } from "#lib/gateways/port.ts";

/** A port for tests: answers in order, keeps what was asked and recorded. An unexpected request throws. */
export interface FakePort extends GatewayPort {
  readonly sent: OutgoingRequest[];
  readonly recorded: Exchange[];
}

export function fakePort(answers: readonly OutgoingAnswer[], now = new Date("2026-11-20T04:00:00Z")): FakePort {
  const queue = [...answers];
  const sent: OutgoingRequest[] = [];
  const recorded: Exchange[] = [];
  return {
    sent,
    recorded,
    now: () => now,
    record: (exchange) => recorded.push(exchange),
    fetch: async (request) => {
      sent.push(request);
      const answer = queue.shift();
      if (!answer) throw new Error(`unexpected request: ${request.method} ${request.url}`);
      return answer;
    },
  };
}

/** An answer with this body; an object is sent as JSON. */
export function answer(body: string | object, status = 200): OutgoingAnswer {
  return { kind: "answer", status, headers: {}, body: typeof body === "string" ? body : JSON.stringify(body) };
}
