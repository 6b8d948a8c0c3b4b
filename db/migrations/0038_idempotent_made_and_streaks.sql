ALTER TABLE "idempotency_keys" ADD COLUMN "made" text;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "failed_tries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "last_failed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sandbox"."faults" ADD COLUMN "key" text;--> statement-breakpoint
ALTER TABLE "sandbox"."faults" ADD CONSTRAINT "faults_key_unique" UNIQUE("key");