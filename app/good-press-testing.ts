import type { Scene } from "#app/scene-testing.ts";
import type { AuditAction } from "#lib/domain/audit.ts";
import type { World } from "#lib/payments/testing.ts";

/** Somebody who presses: their account and the session they are signed in with. */
export interface Person {
  id: string;
  email: string;
  session: { sessionId: string; cookie: string };
}

/** Where presses are made: a small world, one merchant's things in it, and who is there. */
export interface Stage {
  world: World;
  things: Scene;
  people: Record<"owner" | "operator" | "platform" | "newcomer", Person>;
}

export type Fields = Readonly<Record<string, string | readonly string[] | Blob>>;

/** A press that does what the form is for: everything in it is good. */
export interface GoodPress {
  /** The handler, by file and name. */
  row: string;
  /** As typed; `@order` is the scene's order. */
  fields?: Fields;
  params?: Readonly<Record<string, string>>;
  /** The owner when absent. */
  by?: keyof Stage["people"];
  /** Makes ready what the press is about; gives more fields. */
  ready?: (stage: Stage) => Promise<Fields>;
  /**
   * What the row must name: its kind, and the id of the scene's thing (`@order`), of a field (`link`), or of whoever presses
   * (`self`); `made` is what the press makes. Null: nothing in particular.
   */
  target: readonly [kind: string, id: string] | null;
  /** Which merchant the row belongs to, where it is another than the action's permission says. */
  of?: "merchant" | "none" | "made";
  /** What else is done with it, each in a row of its own. */
  also?: readonly AuditAction[];
}
