CREATE TABLE "compat_hops" (
	"token" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"back_url" text NOT NULL,
	"parameter" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "compat_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"gateway" text NOT NULL,
	"live" boolean NOT NULL,
	"caller_no" text NOT NULL,
	"merchant_no" text NOT NULL,
	"app_id" text,
	"account_id" text,
	"caller_public_key" text,
	"gateway_public_key" text,
	"gateway_private_key" text,
	"secret" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"rolled_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "compat_keys_tenant" UNIQUE("id","merchant_id")
);
--> statement-breakpoint
CREATE TABLE "compat_orders" (
	"order_id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"key_id" text NOT NULL,
	"no" text NOT NULL,
	"client_no" text,
	"code" text NOT NULL,
	"method" text NOT NULL,
	"asked" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "compat_hops" ADD CONSTRAINT "compat_hops_account_id_gateway_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."gateway_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compat_keys" ADD CONSTRAINT "compat_keys_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compat_keys" ADD CONSTRAINT "compat_keys_account" FOREIGN KEY ("account_id","merchant_id") REFERENCES "public"."gateway_accounts"("id","merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compat_orders" ADD CONSTRAINT "compat_orders_order" FOREIGN KEY ("order_id","merchant_id") REFERENCES "public"."orders"("id","merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compat_orders" ADD CONSTRAINT "compat_orders_key" FOREIGN KEY ("key_id","merchant_id") REFERENCES "public"."compat_keys"("id","merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "compat_keys_caller" ON "compat_keys" USING btree ("gateway","caller_no");--> statement-breakpoint
CREATE UNIQUE INDEX "compat_keys_merchant_no" ON "compat_keys" USING btree ("gateway","merchant_no");--> statement-breakpoint
CREATE INDEX "compat_keys_list" ON "compat_keys" USING btree ("merchant_id","gateway","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "compat_orders_no" ON "compat_orders" USING btree ("no");--> statement-breakpoint
CREATE UNIQUE INDEX "compat_orders_code" ON "compat_orders" USING btree ("code");--> statement-breakpoint
CREATE UNIQUE INDEX "compat_orders_client_no" ON "compat_orders" USING btree ("key_id","client_no") WHERE client_no is not null;