CREATE INDEX "notification_matches_order" ON "notification_matches" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "refunds_gateway_number" ON "refunds" USING btree ("gateway_refund_ref");--> statement-breakpoint
CREATE INDEX "deliveries_list" ON "deliveries" USING btree ("merchant_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "deliveries_dead" ON "deliveries" USING btree ("merchant_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE state = 'dead';