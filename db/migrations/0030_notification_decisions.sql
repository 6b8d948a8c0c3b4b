ALTER TABLE "notification_matches" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "why" text;--> statement-breakpoint
CREATE INDEX "notifications_waiting" ON "notifications" USING btree ("merchant_id","received_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE verdict in ('orphan', 'mismatch');