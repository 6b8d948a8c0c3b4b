import { and, asc, eq, sql } from "drizzle-orm";
import { type Database, inTransaction, type Tx } from "#db/client.ts";
import { orderViews } from "#db/schema/order-views.ts";
import { newId } from "#lib/domain/ids.ts";

/** A person's own view of a merchant's orders. */
export interface OrderView {
  id: string;
  name: string;
  /** The fields of the list's address. */
  filter: Record<string, string>;
  isDefault: boolean;
}

/** Whose views, of whose orders: each query of them names both. */
export interface ViewOwner {
  userId: string;
  merchantId: string;
}

export const VIEW_NAME_MAX = 60;
/** Views one person keeps of one merchant's orders. */
export const VIEWS_MAX = 50;

const VIEW = { id: orderViews.id, name: orderViews.name, filter: orderViews.filter, isDefault: orderViews.isDefault };
const ownedBy = ({ userId, merchantId }: ViewOwner) => and(eq(orderViews.userId, userId), eq(orderViews.merchantId, merchantId));

/** Somebody's views by name. */
export async function readViews(tx: Tx, owner: ViewOwner): Promise<OrderView[]> {
  return tx
    .select(VIEW)
    .from(orderViews)
    .where(ownedBy(owner))
    .orderBy(asc(sql`lower(${orderViews.name})`), asc(orderViews.id))
    .limit(VIEWS_MAX);
}

export type ViewProblem = "name_missing" | "name_long" | "name_taken" | "too_many" | "gone";

/** Keeps a view under a new name; gives its id. As the default it takes the place of the one before. */
export async function addView(
  database: Database,
  owner: ViewOwner,
  view: { name: string; filter: Record<string, string>; isDefault: boolean },
): Promise<{ id: string } | ViewProblem> {
  const problem = nameProblem(view.name);
  if (problem) return problem;
  const id = newId("view");
  return orTaken(() =>
    inTransaction(database, async (tx) => {
      // One at a time for one person, so that neither the limit nor the default is passed by two at once.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`order_views ${owner.userId} ${owner.merchantId}`}))`);
      if ((await readViews(tx, owner)).length >= VIEWS_MAX) return "too_many" as const;
      if (view.isDefault) await clearDefault(tx, owner);
      await tx.insert(orderViews).values({ id, ...owner, ...view });
      return { id };
    }),
  );
}

/** Gives a view another name. */
export async function renameView(database: Database, owner: ViewOwner, id: string, name: string): Promise<ViewProblem | null> {
  const problem = nameProblem(name);
  if (problem) return problem;
  return orTaken(async () => {
    const rows = await database
      .update(orderViews)
      .set({ name, updatedAt: sql`now()` })
      .where(and(eq(orderViews.id, id), ownedBy(owner)))
      .returning({ id: orderViews.id });
    return rows.length === 1 ? null : "gone";
  });
}

/** Makes a view what the list opens with; null: the list opens with everything. */
export async function setDefaultView(database: Database, owner: ViewOwner, id: string | null): Promise<ViewProblem | null> {
  return inTransaction(database, async (tx) => {
    const [known] =
      id === null
        ? []
        : await tx
            .select(VIEW)
            .from(orderViews)
            .where(and(eq(orderViews.id, id), ownedBy(owner)))
            .for("update");
    if (id !== null && !known) return "gone";
    await clearDefault(tx, owner);
    if (known) await tx.update(orderViews).set({ isDefault: true, updatedAt: sql`now()` }).where(eq(orderViews.id, known.id));
    return null;
  });
}

/** Forgets a view; one that is gone already is as well as forgotten. */
export async function deleteView(tx: Tx, owner: ViewOwner, id: string): Promise<void> {
  await tx.delete(orderViews).where(and(eq(orderViews.id, id), ownedBy(owner)));
}

async function clearDefault(tx: Tx, owner: ViewOwner): Promise<void> {
  await tx
    .update(orderViews)
    .set({ isDefault: false })
    .where(and(ownedBy(owner), orderViews.isDefault));
}

function nameProblem(name: string): ViewProblem | null {
  if (name === "") return "name_missing";
  return name.length > VIEW_NAME_MAX ? "name_long" : null;
}

async function orTaken<T>(write: () => Promise<T>): Promise<T | "name_taken"> {
  try {
    return await write();
  } catch (error) {
    const cause = error instanceof Error && error.cause ? error.cause : error;
    if (String((cause as { constraint?: unknown }).constraint) === "order_views_name") return "name_taken";
    throw error;
  }
}
