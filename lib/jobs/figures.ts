import { type Database, inTransaction } from "#db/client.ts";
import { merchantsToRoll, rollFigures } from "#db/queries/home-figures.ts";

/** Pieces of one merchant's history in one go; the rest waits for the next, so that a long one keeps no other waiting. */
const PIECES_MAX = 50;

/**
 * Adds what happened since the last time to the figures of the home screens (db/schema/home-figures.ts), a short transaction a
 * piece. Gives how many pieces were added.
 */
export async function rollAllFigures(database: Database): Promise<number> {
  let pieces = 0;
  for (const merchantId of await merchantsToRoll(database)) {
    for (let piece = 0; piece < PIECES_MAX; piece += 1) {
      pieces += 1;
      if (!(await inTransaction(database, (tx) => rollFigures(tx, merchantId)))) break;
    }
  }
  return pieces;
}
