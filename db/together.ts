import type { Tx } from "#db/client.ts";

interface Waiting<Item, Answer> {
  item: Item;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

interface Queue<Item, Answer> {
  waiting: Waiting<Item, Answer>[];
  /** Statements under way or about to be sent. */
  running: number;
}

/**
 * Lets calls that come while earlier ones are being written go together: a commit and a statement's start cost as much for
 * thirty rows as for one. `write` gives one answer an item, in their order, and is all or nothing; each caller hears its own
 * answer after the commit. A single call waits for nobody. When a statement of several is refused by the database, each of
 * its items is written alone, so that one that cannot be written does not take others down; when its outcome is not known
 * (a connection lost) every caller gets the error, for writing again might write twice. At most `most` items a statement
 * and `lanes` statements at a time.
 */
export function together<Item, Answer>(
  write: (tx: Tx, items: readonly Item[]) => Promise<Answer[]>,
  { most = 64, lanes = 1 } = {},
): (tx: Tx, item: Item) => Promise<Answer> {
  const queues = new WeakMap<object, Queue<Item, Answer>>();

  async function send(tx: Tx, queue: Queue<Item, Answer>): Promise<void> {
    const batch = queue.waiting.splice(0, most);
    if (batch.length > 0) await settle(tx, batch);
    queue.running -= 1;
    begin(tx, queue);
  }

  async function settle(tx: Tx, batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await write(
        tx,
        batch.map(({ item }) => item),
      );
      batch.forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer);
      });
    } catch (error) {
      if (batch.length > 1 && wasRefused(error)) await Promise.all(batch.map((one) => settle(tx, [one])));
      else for (const { reject } of batch) reject(error);
    }
  }

  // What the same turn of the event loop brings is gathered first.
  function begin(tx: Tx, queue: Queue<Item, Answer>): void {
    if (queue.running >= lanes || queue.waiting.length === 0) return;
    queue.running += 1;
    setImmediate(() => void send(tx, queue));
  }

  return (tx, item) => {
    const queue = queues.get(tx) ?? { waiting: [], running: 0 };
    queues.set(tx, queue);
    return new Promise((resolve, reject) => {
      queue.waiting.push({ item, resolve, reject });
      begin(tx, queue);
    });
  };
}

/** The database itself said no, and so nothing of the statement was kept. */
function wasRefused(error: unknown): boolean {
  return error instanceof Error && "severity" in error && "code" in error;
}
