CREATE TABLE "home_figures" (
	"merchant_id" text NOT NULL,
	"kind" text NOT NULL,
	"slot" timestamp (3) with time zone NOT NULL,
	"live" boolean NOT NULL,
	"account_id" text DEFAULT '' NOT NULL,
	"method" text DEFAULT '' NOT NULL,
	"currency" text DEFAULT '' NOT NULL,
	"opened" integer DEFAULT 0 NOT NULL,
	"chosen" integer DEFAULT 0 NOT NULL,
	"shown" integer DEFAULT 0 NOT NULL,
	"paid" integer DEFAULT 0 NOT NULL,
	"ended" integer DEFAULT 0 NOT NULL,
	"amount" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "home_figures_pkey" PRIMARY KEY("merchant_id","kind","slot","live","account_id","method","currency"),
	CONSTRAINT "home_figures_kind" CHECK ("home_figures"."kind" in ('order','attempt','taken'))
);
--> statement-breakpoint
CREATE TABLE "home_progress" (
	"merchant_id" text PRIMARY KEY NOT NULL,
	"through" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "home_figures_account" ON "home_figures" USING btree ("account_id","slot") WHERE kind = 'attempt';--> statement-breakpoint
CREATE INDEX "attempts_unknown" ON "attempts" USING btree ("merchant_id","created_at") WHERE state = 'unknown';