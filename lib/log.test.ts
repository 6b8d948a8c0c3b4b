import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { withoutParameters } from "#lib/log.ts";

describe("the log", () => {
  it("keeps a failed query's text and none of its values", () => {
    const error = new DrizzleQueryError("update users set password_hash = $1", ["$argon2id$v=19$secret\nline"], new Error("gone"));
    const logged = withoutParameters({ error: String(error), message: error.message, count: 3 });
    expect(JSON.stringify(logged)).not.toMatch(/secret|line/);
    expect(logged).toEqual({
      error: "Error: Failed query: update users set password_hash = $1",
      message: "Failed query: update users set password_hash = $1",
      count: 3,
    });
  });
});
