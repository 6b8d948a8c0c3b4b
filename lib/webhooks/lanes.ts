/**
 * Who is sent to next, and how many at once: so that an endpoint that hangs, or a hundred of them, delay no other. Every
 * endpoint has a lane with a standing: `new` until it has answered, `good` while it acknowledges, `bad` after a failure. A
 * lane begins with one try at once, gets more while its endpoint answers quickly, and is cut to one when it fails or is slow.
 * A try that has lasted half a second steps aside: it goes on, but its place is free for others. Some places are for good lanes
 * alone. Rows are the truth (decision 5): what is forgotten here is due in the database, and offered again.
 */
export interface Lanes {
  /** Something is due on a stream of an endpoint. Offered several times before it begins, it is sent once. */
  offer(endpointId: string, stream: string): void;
  /** Resolves when nothing waits and nothing is under way. */
  idle(): Promise<void>;
}

export interface LanesOptions {
  /** Sends what is due on a stream. Must not throw. */
  run(endpointId: string, stream: string): Promise<{ acknowledged: boolean | null; slowestMs: number }>;
  /** More of an endpoint that had more than fits in here. Must not throw. */
  refill(endpointId: string): Promise<readonly string[]>;
  /** Aborted: nothing more is started. */
  signal: AbortSignal;
}

/** Tries of all endpoints at once that have not stepped aside; of these, those of lanes that are not good. */
export const PROMPT_MAX = 32;
export const STRANGERS_MAX = 24;
export const STEP_ASIDE_MS = 500;
/** An answer that takes longer costs its endpoint its places. */
const SLOW_MS = 3000;
/** Tries that have stepped aside: from here on bad lanes wait. */
const ASIDE_MAX = 256;
/** Tries at once of one endpoint, at best. */
const MOST = 16;
/** Streams of one endpoint that wait here; the others wait in the database. */
const WAITING_MAX = 100;
/** An endpoint that was offered so many probably has more. */
const MANY = 10;
/** Endpoints remembered. */
const LANES_MAX = 5000;

interface Lane {
  endpointId: string;
  standing: "new" | "good" | "bad";
  waiting: Set<string>;
  underWay: Set<string>;
  allowed: number;
  /** Since it last asked for more. */
  offered: number;
}

interface State {
  options: LanesOptions;
  lanes: Map<string, Lane>;
  /** Those that could start something, the longest waiting first. */
  ready: { good: Set<Lane>; others: Set<Lane> };
  prompt: { good: number; others: number };
  aside: number;
  refills: number;
  idlers: (() => void)[];
}

export function openLanes(options: LanesOptions): Lanes {
  const ready = { good: new Set<Lane>(), others: new Set<Lane>() };
  const state: State = { options, lanes: new Map(), ready, prompt: { good: 0, others: 0 }, aside: 0, refills: 0, idlers: [] };
  return {
    offer: (endpointId, stream) => {
      add(state, laneOf(state, endpointId), stream);
      start(state);
    },
    idle: () =>
      new Promise((resolve) => {
        state.idlers.push(resolve);
        tellIdle(state);
      }),
  };
}

function laneOf(state: State, endpointId: string): Lane {
  const known = state.lanes.get(endpointId);
  if (known) return known;
  if (state.lanes.size >= LANES_MAX) forgetIdle(state);
  const lane: Lane = { endpointId, standing: "new", waiting: new Set(), underWay: new Set(), allowed: 1, offered: 0 };
  state.lanes.set(endpointId, lane);
  return lane;
}

function add(state: State, lane: Lane, stream: string): void {
  lane.offered += 1;
  if (lane.waiting.size < WAITING_MAX) lane.waiting.add(stream);
  makeReady(state, lane);
}

/** Puts a lane where it belongs, behind those that wait there already; nowhere when it has nothing it may start. */
function makeReady(state: State, lane: Lane): void {
  const [here, there] = lane.standing === "good" ? [state.ready.good, state.ready.others] : [state.ready.others, state.ready.good];
  there.delete(lane);
  if (nextOf(lane) === undefined) here.delete(lane);
  else here.add(lane);
}

/** One stream at a time: what is offered while it is under way is looked at once more after it. */
function nextOf(lane: Lane): string | undefined {
  if (lane.underWay.size >= lane.allowed) return;
  for (const stream of lane.waiting) if (!lane.underWay.has(stream)) return stream;
}

/** Starts what may be started now, one of each ready lane in turn, good ones first. */
function start(state: State): void {
  const { ready, prompt, options } = state;
  for (const lane of ready.good) {
    if (prompt.good + prompt.others >= PROMPT_MAX || options.signal.aborted) return;
    startNext(state, lane, ready.good);
  }
  for (const lane of ready.others) {
    if (prompt.good + prompt.others >= PROMPT_MAX || prompt.others >= STRANGERS_MAX || options.signal.aborted) return;
    if (lane.standing === "bad" && state.aside >= ASIDE_MAX) continue;
    startNext(state, lane, ready.others);
  }
}

function startNext(state: State, lane: Lane, ready: Set<Lane>): void {
  const stream = nextOf(lane);
  // Behind the others: a set keeps the order in which its members came.
  ready.delete(lane);
  if (stream === undefined) return;
  lane.waiting.delete(stream);
  lane.underWay.add(stream);
  void send(state, lane, stream);
  makeReady(state, lane);
}

async function send(state: State, lane: Lane, stream: string): Promise<void> {
  const place = lane.standing === "good" ? "good" : "others";
  state.prompt[place] += 1;
  let aside = false;
  const timer = setTimeout(() => {
    aside = true;
    state.prompt[place] -= 1;
    state.aside += 1;
    start(state);
  }, STEP_ASIDE_MS);
  const outcome = await state.options.run(lane.endpointId, stream);
  clearTimeout(timer);
  if (aside) state.aside -= 1;
  else state.prompt[place] -= 1;
  lane.underWay.delete(stream);
  judge(lane, outcome);
  if (lane.waiting.size === 0 && lane.offered >= MANY) await refill(state, lane);
  makeReady(state, lane);
  start(state);
  tellIdle(state);
}

function judge(lane: Lane, { acknowledged, slowestMs }: Awaited<ReturnType<LanesOptions["run"]>>): void {
  if (acknowledged === null) return;
  lane.standing = acknowledged && slowestMs < SLOW_MS ? "good" : "bad";
  if (lane.standing === "bad") lane.allowed = 1;
  else if (slowestMs < STEP_ASIDE_MS) lane.allowed = Math.min(MOST, lane.allowed * 2);
}

async function refill(state: State, lane: Lane): Promise<void> {
  lane.offered = 0;
  state.refills += 1;
  for (const stream of await state.options.refill(lane.endpointId)) add(state, lane, stream);
  state.refills -= 1;
}

/** Forgets how lanes with nothing to do have been doing, the oldest first, half of them at once. */
function forgetIdle(state: State): void {
  let left = LANES_MAX / 2;
  for (const [id, lane] of state.lanes) {
    if (lane.waiting.size > 0 || lane.underWay.size > 0) continue;
    state.lanes.delete(id);
    left -= 1;
    if (left <= 0) return;
  }
}

function tellIdle(state: State): void {
  if (state.prompt.good + state.prompt.others + state.aside + state.refills > 0) return;
  if (!state.options.signal.aborted && [...state.lanes.values()].some((lane) => lane.waiting.size > 0)) return;
  for (const told of state.idlers.splice(0)) told();
}
