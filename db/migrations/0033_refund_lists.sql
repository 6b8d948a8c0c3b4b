DROP INDEX "refund_requests_list";--> statement-breakpoint
DROP INDEX "refunds_list";--> statement-breakpoint
DROP INDEX "refunds_list_state";--> statement-breakpoint
CREATE INDEX "refund_requests_list" ON "refund_requests" USING btree ("merchant_id","state","created_at","id");--> statement-breakpoint
CREATE INDEX "refunds_list" ON "refunds" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "refunds_list_state" ON "refunds" USING btree ("merchant_id","state","created_at","id");