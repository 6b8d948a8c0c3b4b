CREATE UNIQUE INDEX "orders_reference_mode" ON "orders" USING btree ("merchant_id","reference","live");--> statement-breakpoint
DROP INDEX "orders_reference";
