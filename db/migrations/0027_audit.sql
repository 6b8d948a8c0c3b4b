CREATE TABLE "audit" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"merchant_id" text,
	"action" text NOT NULL,
	"target_kind" text,
	"target_id" text,
	"detail" text NOT NULL,
	"ip" text NOT NULL,
	"user_agent" text NOT NULL,
	"key_id" text NOT NULL,
	"marks" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"id" smallint PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"problem" text,
	"key_id" text DEFAULT '' NOT NULL,
	"mac" text DEFAULT '' NOT NULL,
	CONSTRAINT "audit_heads_two" CHECK ("audit_heads"."id" in (1, 2))
);
--> statement-breakpoint
CREATE INDEX "audit_merchant" ON "audit" USING btree ("merchant_id","sequence" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit" USING btree ("actor_id","sequence" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_target" ON "audit" USING btree ("target_id","sequence" DESC NULLS LAST);