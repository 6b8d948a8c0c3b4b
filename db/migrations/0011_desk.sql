ALTER TABLE "merchants" ADD COLUMN "desk_secrets" text;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "desk_unsigned" text DEFAULT 'no' NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "desk" jsonb;--> statement-breakpoint
ALTER TABLE "merchants" ADD CONSTRAINT "merchants_desk" CHECK ("merchants"."desk_unsigned" in ('no','test','live'));