CREATE TABLE "alert_channels" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text,
	"service" text NOT NULL,
	"name" text NOT NULL,
	"target" text NOT NULL,
	"shown" text NOT NULL,
	"kinds" text[],
	"every_merchant" boolean DEFAULT false NOT NULL,
	"live_only" boolean DEFAULT false NOT NULL,
	"locale" text NOT NULL,
	"time_zone" text NOT NULL,
	"quiet_from" integer,
	"quiet_to" integer,
	"quiet_urgent" boolean DEFAULT true NOT NULL,
	"remind_hours" integer DEFAULT 24 NOT NULL,
	"reminded_at" timestamp (3) with time zone,
	"all_clear" boolean DEFAULT true NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"failing_since" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alert_channels_known" CHECK ("alert_channels"."service" in ('email','dingtalk','feishu','wecom','telegram')),
	CONSTRAINT "alert_channels_quiet" CHECK (("alert_channels"."quiet_from" is null) = ("alert_channels"."quiet_to" is null)),
	CONSTRAINT "alert_channels_hours" CHECK ("alert_channels"."remind_hours" between 0 and 168)
);
--> statement-breakpoint
CREATE TABLE "alert_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"channel_id" text NOT NULL,
	"merchant_id" text,
	"purpose" text NOT NULL,
	"kind" text,
	"alert_ids" text[] DEFAULT '{}' NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"title" text,
	"body" text,
	"tries" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"next_try_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "alert_messages_state" CHECK ("alert_messages"."state" in ('pending','sent','failed','dropped')),
	CONSTRAINT "alert_messages_purpose" CHECK ("alert_messages"."purpose" in ('alert','reminder','all_clear','test'))
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"live" boolean,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"announced_at" timestamp (3) with time zone,
	"resolved_at" timestamp (3) with time zone,
	"resolved_by" text,
	"cleared_at" timestamp (3) with time zone,
	CONSTRAINT "alerts_count" CHECK ("alerts"."count" > 0),
	CONSTRAINT "alerts_resolved" CHECK (("alerts"."resolved_at" is null) = ("alerts"."resolved_by" is null))
);
--> statement-breakpoint
CREATE TABLE "mail_settings" (
	"id" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"sender" text NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "alert_channels" ADD CONSTRAINT "alert_channels_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_messages" ADD CONSTRAINT "alert_messages_channel" FOREIGN KEY ("channel_id") REFERENCES "public"."alert_channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_channels_list" ON "alert_channels" USING btree ("merchant_id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "alert_messages_due" ON "alert_messages" USING btree ("next_try_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "alert_messages_list" ON "alert_messages" USING btree ("channel_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_open" ON "alerts" USING btree ("kind","subject") WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "alerts_untold" ON "alerts" USING btree ("opened_at") WHERE announced_at is null;--> statement-breakpoint
CREATE INDEX "alerts_uncleared" ON "alerts" USING btree ("resolved_at") WHERE resolved_at is not null and cleared_at is null;--> statement-breakpoint
CREATE INDEX "alerts_standing" ON "alerts" USING btree ("merchant_id","opened_at" DESC NULLS LAST) WHERE resolved_at is null;--> statement-breakpoint
CREATE INDEX "alerts_list" ON "alerts" USING btree ("merchant_id","opened_at" DESC NULLS LAST,"id" DESC NULLS LAST);