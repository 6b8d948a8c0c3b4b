import pg from "pg";

/** One statement as a client sent it. Dates become text on the way to the floors, which PostgreSQL reads just as well. */
export interface Statement {
  name?: string;
  text: string;
  values: unknown[];
  rowMode?: "array";
}

type Query = (this: unknown, config: unknown, ...rest: unknown[]) => unknown;

/**
 * Runs `work` and gives the statements it sent, in order; where `keep` is false its transaction is rolled back, so that
 * the same statements can be sent again by somebody else. Only one at a time: it listens to every client of the process.
 */
export async function recordStatements(keep: boolean, work: () => Promise<unknown>): Promise<Statement[]> {
  const client = pg.Client.prototype as unknown as { query: Query };
  const original = client.query;
  const statements: Statement[] = [];
  client.query = function (config, ...rest) {
    const statement = statementOf(config, rest[0]);
    // Live status is told after the answer, in batches: no part of a request.
    if (statement.name !== "announce") statements.push(statement);
    return original.call(this, statement.text === "commit" && !keep ? "rollback" : config, ...rest);
  };
  try {
    await work();
  } finally {
    client.query = original;
  }
  return statements;
}

function statementOf(config: unknown, given: unknown): Statement {
  const values = Array.isArray(given) ? given : [];
  if (typeof config === "string") return { text: config, values };
  const { name, text, values: own, rowMode } = config as Partial<Statement>;
  return { text: text ?? "", values: own ?? values, ...(name && { name }), ...(rowMode && { rowMode }) };
}
