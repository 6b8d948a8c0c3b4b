CREATE TABLE "payout_events" (
	"payout_id" text NOT NULL,
	"sequence" integer NOT NULL,
	"type" text NOT NULL,
	"actor" text NOT NULL,
	"data" jsonb NOT NULL,
	"fingerprint" text,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payout_events_payout_id_sequence_pk" PRIMARY KEY("payout_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "payouts" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"account_id" text NOT NULL,
	"channel" text NOT NULL,
	"payout_no" text NOT NULL,
	"gateway_ref" text,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"fee" text,
	"state" text NOT NULL,
	"recipient" text NOT NULL,
	"recipient_ending" text NOT NULL,
	"remark" text NOT NULL,
	"requested_by" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"problem" text,
	"needs_review" boolean DEFAULT false NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	"lease_until" timestamp (3) with time zone,
	"event_sequence" integer DEFAULT 0 NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payouts_amount" CHECK ("payouts"."amount" > 0),
	CONSTRAINT "payouts_state" CHECK ("payouts"."state" in ('sent','unknown','pending','paid','failed'))
);
--> statement-breakpoint
ALTER TABLE "payout_events" ADD CONSTRAINT "payout_events_payout_id_payouts_id_fk" FOREIGN KEY ("payout_id") REFERENCES "public"."payouts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_account" FOREIGN KEY ("account_id","merchant_id") REFERENCES "public"."gateway_accounts"("id","merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "payout_events_fingerprint" ON "payout_events" USING btree ("payout_id","fingerprint");--> statement-breakpoint
CREATE UNIQUE INDEX "payouts_no" ON "payouts" USING btree ("account_id","payout_no");--> statement-breakpoint
CREATE UNIQUE INDEX "payouts_idempotency" ON "payouts" USING btree ("merchant_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "payouts_list" ON "payouts" USING btree ("merchant_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "payouts_due" ON "payouts" USING btree ("next_try_at") WHERE next_try_at is not null;