import { customType, timestamp } from "drizzle-orm/pg-core";

/** An instant. Stored as timestamptz, read as Date; the database's clock writes it where expiry depends on it. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });

/** Minor units as bigint in and out: no float, no text arithmetic. */
export const minorUnits = customType<{ data: bigint; driverData: string }>({
  dataType: () => "bigint",
  fromDriver: (value) => BigInt(value),
  toDriver: (value) => value.toString(),
});
