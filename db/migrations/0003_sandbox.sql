CREATE SCHEMA "sandbox";
--> statement-breakpoint
CREATE TABLE "sandbox"."callers" (
	"gateway" text NOT NULL,
	"caller_no" text NOT NULL,
	"caller_public_key" text,
	"caller_private_key" text,
	"gateway_public_key" text,
	"gateway_private_key" text,
	"secret" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "callers_gateway_caller_no_pk" PRIMARY KEY("gateway","caller_no")
);
--> statement-breakpoint
CREATE TABLE "sandbox"."login_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"merchant_no" text NOT NULL,
	"openid" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sandbox"."wallet_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"wallet" text NOT NULL,
	"behaviour" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_for" text
);
--> statement-breakpoint
CREATE TABLE "sandbox"."declarations" (
	"id" text PRIMARY KEY NOT NULL,
	"wallet" text NOT NULL,
	"payment_no" text NOT NULL,
	"customs" text NOT NULL,
	"position" integer NOT NULL,
	"sub_order_no" text DEFAULT '' NOT NULL,
	"merchant_customs_no" text NOT NULL,
	"merchant_customs_name" text,
	"action" text NOT NULL,
	"duty_fen" text,
	"sub_order_amount" text,
	"transport_amount" text,
	"product_amount" text,
	"cert_check" text NOT NULL,
	"state" text NOT NULL,
	"explanation" text,
	"modified_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "declarations_once" UNIQUE("wallet","payment_no","customs","sub_order_no")
);
--> statement-breakpoint
CREATE TABLE "sandbox"."faults" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"fault" text NOT NULL,
	"target" text NOT NULL,
	"merchant_no" text,
	"path" text,
	"seconds" integer,
	"armed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp (3) with time zone,
	"used_for" text
);
--> statement-breakpoint
CREATE TABLE "sandbox"."merchants" (
	"merchant_no" text PRIMARY KEY NOT NULL,
	"gateway" text NOT NULL,
	"caller_no" text NOT NULL,
	"name" text NOT NULL,
	"page_url" text,
	"page_method" text DEFAULT 'GET' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox"."notice_tries" (
	"notice_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"duration_ms" integer NOT NULL,
	"status" integer,
	"body" text DEFAULT '' NOT NULL,
	"error" text,
	"acknowledged" boolean NOT NULL,
	CONSTRAINT "notice_tries_notice_id_number_pk" PRIMARY KEY("notice_id","number")
);
--> statement-breakpoint
CREATE TABLE "sandbox"."notices" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"payment_no" text NOT NULL,
	"content" text NOT NULL,
	"state" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"held_back" boolean DEFAULT false NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"lease_token" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox"."payments" (
	"no" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"gateway" text NOT NULL,
	"caller_no" text NOT NULL,
	"merchant_no" text NOT NULL,
	"client_no" text,
	"method" text NOT NULL,
	"currency" text NOT NULL,
	"amount" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"refunded_minor" bigint DEFAULT 0 NOT NULL,
	"subject" text NOT NULL,
	"state" text NOT NULL,
	"user_paying" boolean DEFAULT false NOT NULL,
	"ip" text,
	"openid" text,
	"device_info" text,
	"product_id" text,
	"app_id" text,
	"notify_url" text,
	"return_url" text,
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"exchange_rate" text NOT NULL,
	"pay_currency" text NOT NULL,
	"pay_amount" text NOT NULL,
	"fee" text NOT NULL,
	"channel" text DEFAULT 'CN' NOT NULL,
	"buyer_id" text,
	"buyer_email" text,
	"wallet_no" text,
	"faults" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"paid_at" timestamp (3) with time zone,
	CONSTRAINT "payments_code_unique" UNIQUE("code"),
	CONSTRAINT "payments_amount" CHECK (amount_minor > 0),
	CONSTRAINT "payments_refunded" CHECK (refunded_minor >= 0 AND refunded_minor <= amount_minor),
	CONSTRAINT "payments_paid" CHECK ((state = 'PAID') = (paid_at IS NOT NULL)),
	CONSTRAINT "payments_refund_of_paid" CHECK (refunded_minor = 0 OR state = 'PAID')
);
--> statement-breakpoint
CREATE TABLE "sandbox"."refunds" (
	"no" text PRIMARY KEY NOT NULL,
	"payment_no" text NOT NULL,
	"gateway" text NOT NULL,
	"caller_no" text NOT NULL,
	"client_refund_no" text,
	"amount" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refunds_amount" CHECK (amount_minor > 0)
);
--> statement-breakpoint
CREATE TABLE "sandbox"."shop_events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" text,
	"webhook_id" text NOT NULL,
	"verified" boolean NOT NULL,
	"type" text,
	"reference" text,
	"state" text,
	"body" text NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sandbox"."shops" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"webhook_secret" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sandbox"."declarations" ADD CONSTRAINT "declarations_payment_no_payments_no_fk" FOREIGN KEY ("payment_no") REFERENCES "sandbox"."payments"("no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sandbox"."merchants" ADD CONSTRAINT "merchants_gateway_caller_no_callers_gateway_caller_no_fk" FOREIGN KEY ("gateway","caller_no") REFERENCES "sandbox"."callers"("gateway","caller_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sandbox"."notice_tries" ADD CONSTRAINT "notice_tries_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "sandbox"."notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sandbox"."notices" ADD CONSTRAINT "notices_payment_no_payments_no_fk" FOREIGN KEY ("payment_no") REFERENCES "sandbox"."payments"("no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sandbox"."payments" ADD CONSTRAINT "payments_merchant_no_merchants_merchant_no_fk" FOREIGN KEY ("merchant_no") REFERENCES "sandbox"."merchants"("merchant_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sandbox"."payments" ADD CONSTRAINT "payments_gateway_caller_no_callers_gateway_caller_no_fk" FOREIGN KEY ("gateway","caller_no") REFERENCES "sandbox"."callers"("gateway","caller_no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sandbox"."refunds" ADD CONSTRAINT "refunds_payment_no_payments_no_fk" FOREIGN KEY ("payment_no") REFERENCES "sandbox"."payments"("no") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sandbox"."shop_events" ADD CONSTRAINT "shop_events_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "sandbox"."shops"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "declarations_sub_order" ON "sandbox"."declarations" USING btree ("sub_order_no");--> statement-breakpoint
CREATE INDEX "faults_armed" ON "sandbox"."faults" USING btree ("target") WHERE used_at IS NULL;--> statement-breakpoint
CREATE INDEX "notices_due" ON "sandbox"."notices" USING btree ("next_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "notices_payment" ON "sandbox"."notices" USING btree ("payment_no");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_client_no" ON "sandbox"."payments" USING btree ("gateway","caller_no","client_no") WHERE client_no IS NOT NULL;--> statement-breakpoint
CREATE INDEX "payments_list" ON "sandbox"."payments" USING btree ("created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "payments_bill" ON "sandbox"."payments" USING btree ("gateway","caller_no","paid_at");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_client_no" ON "sandbox"."refunds" USING btree ("gateway","caller_no","client_refund_no") WHERE client_refund_no IS NOT NULL;--> statement-breakpoint
CREATE INDEX "refunds_payment" ON "sandbox"."refunds" USING btree ("payment_no");--> statement-breakpoint
CREATE INDEX "refunds_bill" ON "sandbox"."refunds" USING btree ("gateway","caller_no","created_at");--> statement-breakpoint
CREATE INDEX "shop_events_list" ON "sandbox"."shop_events" USING btree ("id" DESC NULLS LAST);