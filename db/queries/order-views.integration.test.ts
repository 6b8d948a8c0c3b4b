import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMerchant, makeUser } from "#db/queries/dashboard-testing.ts";
import { addView, deleteView, readViews, renameView, setDefaultView, VIEWS_MAX } from "#db/queries/order-views.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";

let world: TestDatabase;
let anna: { userId: string; merchantId: string };
let ben: { userId: string; merchantId: string };
const view = (name: string, isDefault = false) => ({ name, filter: { state: "paid" }, isDefault });
const names = async (owner: typeof anna) =>
  (await readViews(world.database, owner)).map(({ name, isDefault }) => (isDefault ? `${name}*` : name));
const made = async (owner: typeof anna, name: string, isDefault = false): Promise<string> => {
  const answer = await addView(world.database, owner, view(name, isDefault));
  if (typeof answer === "string") throw new Error(answer);
  return answer.id;
};

beforeAll(async () => {
  world = await testDatabase();
  for (const id of ["mer_1", "mer_2"]) await makeMerchant(world.database, id, id);
  const user = (email: string) => makeUser(world.database, { email, password: "correct horse" });
  anna = { userId: await user("anna@example.com"), merchantId: "mer_1" };
  ben = { userId: await user("ben@example.com"), merchantId: "mer_1" };
});
afterAll(() => world.close());

describe("a person's own views", () => {
  it("are theirs and this merchant's alone: nobody else reads, renames, chooses or forgets them", async () => {
    const id = await made(anna, "Paid");
    for (const other of [ben, { ...anna, merchantId: "mer_2" }]) {
      expect(await names(other)).toEqual([]);
      expect(await renameView(world.database, other, id, "Mine")).toBe("gone");
      expect(await setDefaultView(world.database, other, id)).toBe("gone");
      await deleteView(world.database, other, id);
    }
    expect(await names(anna)).toEqual(["Paid"]);
  });

  it("have names of their own, whatever the case; another person may use the same", async () => {
    expect(await addView(world.database, anna, view("PAID"))).toBe("name_taken");
    expect(await addView(world.database, anna, view(""))).toBe("name_missing");
    expect(await addView(world.database, anna, view("x".repeat(61)))).toBe("name_long");
    const other = await made(anna, "Open");
    expect(await renameView(world.database, anna, other, "paid")).toBe("name_taken");
    expect(await renameView(world.database, anna, other, "Still open")).toBeNull();
    await made(ben, "Paid");
    expect(await names(anna)).toEqual(["Paid", "Still open"]);
  });

  it("have one default at most, and may have none", async () => {
    const first = await made(anna, "First", true);
    await made(anna, "Second", true);
    expect((await names(anna)).filter((name) => name.endsWith("*"))).toEqual(["Second*"]);
    expect(await setDefaultView(world.database, anna, first)).toBeNull();
    expect(await setDefaultView(world.database, anna, "viw_none")).toBe("gone");
    expect((await names(anna)).filter((name) => name.endsWith("*"))).toEqual(["First*"]);
    await setDefaultView(world.database, anna, null);
    expect((await names(anna)).filter((name) => name.endsWith("*"))).toEqual([]);
  });

  it("are so many at most, also when made at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: VIEWS_MAX + 5 }, (_one, index) => addView(world.database, ben, view(`View ${index}`))),
    );
    expect(answers.filter((answer) => answer === "too_many")).toHaveLength(6);
    expect(await names(ben)).toHaveLength(VIEWS_MAX);
  });
});
