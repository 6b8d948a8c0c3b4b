ALTER TABLE "notifications" DROP CONSTRAINT "notifications_account_id_gateway_accounts_id_fk";
--> statement-breakpoint
ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_endpoint";
--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_endpoint" FOREIGN KEY ("endpoint_id","merchant_id") REFERENCES "public"."webhook_endpoints"("id","merchant_id") ON DELETE no action ON UPDATE no action;