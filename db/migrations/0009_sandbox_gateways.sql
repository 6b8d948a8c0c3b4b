CREATE TABLE "sandbox"."payouts" (
	"no" text PRIMARY KEY NOT NULL,
	"gateway" text NOT NULL,
	"caller_no" text NOT NULL,
	"merchant_no" text NOT NULL,
	"channel" text NOT NULL,
	"client_no" text NOT NULL,
	"currency" text NOT NULL,
	"amount" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"fee" text NOT NULL,
	"details" text NOT NULL,
	"account_tail" text NOT NULL,
	"notify_url" text,
	"state" text NOT NULL,
	"outcome" text,
	"next_at" timestamp (3) with time zone,
	"channel_no" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"acknowledged_at" timestamp (3) with time zone,
	CONSTRAINT "payouts_amount" CHECK (amount_minor > 0),
	CONSTRAINT "payouts_ended" CHECK ((state IN ('PAID', 'FAIL')) = (ended_at IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "sandbox"."wechat_apps" (
	"app_id" text PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"domains" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sandbox"."notices" ALTER COLUMN "payment_no" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "sandbox"."callers" ADD COLUMN "app_id" text;--> statement-breakpoint
ALTER TABLE "sandbox"."faults" ADD COLUMN "gateway" text;--> statement-breakpoint
ALTER TABLE "sandbox"."notices" ADD COLUMN "payout_no" text;--> statement-breakpoint
ALTER TABLE "sandbox"."payments" ADD COLUMN "acknowledged_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sandbox"."payouts" ADD CONSTRAINT "payouts_merchant_no_merchants_merchant_no_fk" FOREIGN KEY ("merchant_no") REFERENCES "sandbox"."merchants"("merchant_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sandbox"."payouts" ADD CONSTRAINT "payouts_gateway_caller_no_callers_gateway_caller_no_fk" FOREIGN KEY ("gateway","caller_no") REFERENCES "sandbox"."callers"("gateway","caller_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "payouts_client_no" ON "sandbox"."payouts" USING btree ("gateway","caller_no","channel","client_no");--> statement-breakpoint
CREATE INDEX "payouts_list" ON "sandbox"."payouts" USING btree ("created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "payouts_due" ON "sandbox"."payouts" USING btree ("next_at") WHERE next_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE "sandbox"."notices" ADD CONSTRAINT "notices_payout_no_payouts_no_fk" FOREIGN KEY ("payout_no") REFERENCES "sandbox"."payouts"("no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notices_payout" ON "sandbox"."notices" USING btree ("payout_no");--> statement-breakpoint
ALTER TABLE "sandbox"."notices" ADD CONSTRAINT "notices_subject" CHECK ((payment_no IS NULL) <> (payout_no IS NULL));