CREATE TABLE "channel_health" (
	"account_id" text NOT NULL,
	"scope" text NOT NULL,
	"failures" integer NOT NULL,
	"last_failed_at" timestamp (3) with time zone NOT NULL,
	"downs" integer DEFAULT 0 NOT NULL,
	"down_until" timestamp (3) with time zone,
	"probe_until" timestamp (3) with time zone,
	"cause" text NOT NULL,
	CONSTRAINT "channel_health_account_id_scope_pk" PRIMARY KEY("account_id","scope"),
	CONSTRAINT "channel_health_counts" CHECK ("channel_health"."failures" > 0 and "channel_health"."downs" >= 0)
);
--> statement-breakpoint
CREATE TABLE "exchange_rates" (
	"account_id" text NOT NULL,
	"wallet" text NOT NULL,
	"currency" text NOT NULL,
	"cny_per_unit" text,
	"told_at" timestamp (3) with time zone,
	"ask_due_at" timestamp (3) with time zone NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "exchange_rates_account_id_wallet_currency_pk" PRIMARY KEY("account_id","wallet","currency"),
	CONSTRAINT "exchange_rates_told" CHECK (("exchange_rates"."cny_per_unit" is null) = ("exchange_rates"."told_at" is null))
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "seen_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "channel_health" ADD CONSTRAINT "channel_health_account_id_gateway_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."gateway_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchange_rates" ADD CONSTRAINT "exchange_rates_account_id_gateway_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."gateway_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exchange_rates_due" ON "exchange_rates" USING btree ("ask_due_at");