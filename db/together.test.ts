import { describe, expect, it } from "vitest";
import type { Tx } from "#db/client.ts";
import { together } from "#db/together.ts";

const tx = {} as Tx;
const refusal = () => Object.assign(new Error("violates"), { severity: "ERROR", code: "23505" });

/** Writes that end when they are told to; says what each was given. */
function slow(refused: (items: readonly number[]) => Error | null = () => null) {
  const given: number[][] = [];
  const open: (() => void)[] = [];
  const write = async (_tx: Tx, items: readonly number[]): Promise<string[]> => {
    given.push([...items]);
    await new Promise<void>((resolve) => open.push(resolve));
    const error = refused(items);
    if (error) throw error;
    return items.map((item) => `wrote ${item}`);
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return {
    given,
    write,
    /** Ends every write that is under way until none comes any more. */
    finish: async () => {
      for (let quiet = 0; quiet < 3; quiet += 1) {
        await turn();
        if (open.length > 0) quiet = 0;
        for (const end of open.splice(0)) end();
      }
    },
  };
}

describe("calls that go together", () => {
  it("each hear their own answer; what comes meanwhile is one statement", async () => {
    const { write, given, finish } = slow();
    const call = together(write);
    const first = call(tx, 1);
    await new Promise((resolve) => setImmediate(resolve));
    const rest = [2, 3, 4].map((item) => call(tx, item));
    await finish();
    expect(await Promise.all([first, ...rest])).toEqual(["wrote 1", "wrote 2", "wrote 3", "wrote 4"]);
    expect(given).toEqual([[1], [2, 3, 4]]);
  });

  it("are at most so many a statement, and all get their turn", async () => {
    const { write, given, finish } = slow();
    const call = together(write, { most: 2 });
    const all = [1, 2, 3, 4, 5].map((item) => call(tx, item));
    await finish();
    expect(await Promise.all(all)).toHaveLength(5);
    expect(given).toEqual([[1, 2], [3, 4], [5]]);
  });

  it("do not fall with one that the database refuses: it alone hears so", async () => {
    const { write, given, finish } = slow((items) => (items.includes(2) ? refusal() : null));
    const call = together(write);
    const all = Promise.allSettled([1, 2, 3].map((item) => call(tx, item)));
    await finish();
    expect((await all).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(given).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  it("are not written again when nobody knows how the statement ended", async () => {
    const { write, given, finish } = slow(() => Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }));
    const call = together(write);
    const all = Promise.allSettled([1, 2].map((item) => call(tx, item)));
    await finish();
    expect((await all).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(given).toEqual([[1, 2]]);
  });

  it("of different databases never meet", async () => {
    const { write, given, finish } = slow();
    const call = together(write);
    const all = [call({} as Tx, 1), call({} as Tx, 2)];
    await finish();
    await Promise.all(all);
    expect(given).toEqual([[1], [2]]);
  });
});
