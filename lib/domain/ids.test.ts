import { expect, it } from "vitest";
import { isToken, newToken } from "#lib/domain/ids.ts";

it("every new token is one, and nothing that could hurt a query or an address is", () => {
  for (let n = 0; n < 200; n += 1) expect(isToken(newToken())).toBe(true);
  for (const text of ["", "\0", `${newToken()}\0`, `${newToken()}\n`, "../../etc/passwd", "A".repeat(26), "0".repeat(33)])
    expect(isToken(text)).toBe(false);
});
