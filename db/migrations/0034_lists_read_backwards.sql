DROP INDEX "alert_messages_list";--> statement-breakpoint
DROP INDEX "alerts_standing";--> statement-breakpoint
DROP INDEX "alerts_list";--> statement-breakpoint
DROP INDEX "api_keys_merchant";--> statement-breakpoint
DROP INDEX "api_requests_list";--> statement-breakpoint
DROP INDEX "api_requests_failed";--> statement-breakpoint
DROP INDEX "audit_merchant";--> statement-breakpoint
DROP INDEX "audit_actor";--> statement-breakpoint
DROP INDEX "audit_target";--> statement-breakpoint
DROP INDEX "checkout_links_list";--> statement-breakpoint
DROP INDEX "compat_keys_list";--> statement-breakpoint
DROP INDEX "exchanges_account";--> statement-breakpoint
DROP INDEX "invitations_merchant";--> statement-breakpoint
DROP INDEX "notifications_list";--> statement-breakpoint
DROP INDEX "notifications_waiting";--> statement-breakpoint
DROP INDEX "order_events_merchant";--> statement-breakpoint
DROP INDEX "payouts_list";--> statement-breakpoint
DROP INDEX "webhook_replays_list";--> statement-breakpoint
DROP INDEX "deliveries_list";--> statement-breakpoint
DROP INDEX "deliveries_dead";--> statement-breakpoint
DROP INDEX "deliveries_endpoint";--> statement-breakpoint
CREATE INDEX "alert_messages_list" ON "alert_messages" USING btree ("channel_id","created_at","id");--> statement-breakpoint
CREATE INDEX "alerts_standing" ON "alerts" USING btree ("merchant_id","opened_at") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "alerts_list" ON "alerts" USING btree ("merchant_id","opened_at","id");--> statement-breakpoint
CREATE INDEX "api_keys_merchant" ON "api_keys" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "api_requests_list" ON "api_requests" USING btree ("merchant_id","at","id");--> statement-breakpoint
CREATE INDEX "api_requests_failed" ON "api_requests" USING btree ("merchant_id","status","at");--> statement-breakpoint
CREATE INDEX "audit_merchant" ON "audit" USING btree ("merchant_id","sequence");--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit" USING btree ("actor_id","sequence");--> statement-breakpoint
CREATE INDEX "audit_target" ON "audit" USING btree ("target_id","sequence");--> statement-breakpoint
CREATE INDEX "checkout_links_list" ON "checkout_links" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "compat_keys_list" ON "compat_keys" USING btree ("merchant_id","gateway","created_at");--> statement-breakpoint
CREATE INDEX "exchanges_account" ON "exchanges" USING btree ("account_id","started_at");--> statement-breakpoint
CREATE INDEX "invitations_merchant" ON "invitations" USING btree ("merchant_id","created_at");--> statement-breakpoint
CREATE INDEX "notifications_list" ON "notifications" USING btree ("merchant_id","received_at");--> statement-breakpoint
CREATE INDEX "notifications_waiting" ON "notifications" USING btree ("merchant_id","received_at","id") WHERE verdict in ('orphan', 'mismatch');--> statement-breakpoint
CREATE INDEX "order_events_merchant" ON "order_events" USING btree ("merchant_id","at");--> statement-breakpoint
CREATE INDEX "payouts_list" ON "payouts" USING btree ("merchant_id","created_at");--> statement-breakpoint
CREATE INDEX "webhook_replays_list" ON "webhook_replays" USING btree ("merchant_id","created_at");--> statement-breakpoint
CREATE INDEX "deliveries_list" ON "deliveries" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_dead" ON "deliveries" USING btree ("merchant_id","created_at","id") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "deliveries_endpoint" ON "deliveries" USING btree ("endpoint_id","created_at","id");