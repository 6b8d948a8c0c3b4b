CREATE TABLE "scanned_codes" (
	"merchant_id" text NOT NULL,
	"digest" text NOT NULL,
	"order_id" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "scanned_codes_merchant_id_digest_pk" PRIMARY KEY("merchant_id","digest")
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "close_due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "account_id" text;--> statement-breakpoint
ALTER TABLE "gateway_accounts" ADD COLUMN "weight" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "gateway_accounts" ADD COLUMN "amount_windows" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "routing" text DEFAULT 'first' NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "account_id" text;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "scanned_codes" ADD CONSTRAINT "scanned_codes_order" FOREIGN KEY ("order_id","merchant_id") REFERENCES "public"."orders"("id","merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD CONSTRAINT "checkout_links_account" FOREIGN KEY ("account_id","merchant_id") REFERENCES "public"."gateway_accounts"("id","merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_account" FOREIGN KEY ("account_id","merchant_id") REFERENCES "public"."gateway_accounts"("id","merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attempts_close" ON "attempts" USING btree ("close_due_at") WHERE close_due_at is not null;--> statement-breakpoint
ALTER TABLE "gateway_accounts" ADD CONSTRAINT "gateway_accounts_weight" CHECK ("gateway_accounts"."weight" between 0 and 1000);--> statement-breakpoint
ALTER TABLE "merchants" ADD CONSTRAINT "merchants_routing" CHECK ("merchants"."routing" in ('first','weighted','by_amount'));