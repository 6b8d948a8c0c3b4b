CREATE TABLE "order_views" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"merchant_id" text NOT NULL,
	"name" text NOT NULL,
	"filter" jsonb NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "attempts_number";--> statement-breakpoint
DROP INDEX "attempts_gateway_ref";--> statement-breakpoint
DROP INDEX "refunds_number";--> statement-breakpoint
DROP INDEX "refunds_gateway_number";--> statement-breakpoint
DROP INDEX "orders_list";--> statement-breakpoint
DROP INDEX "orders_list_state";--> statement-breakpoint
DROP INDEX "orders_review";--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "wallet_ref" text;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "order_created_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "attempts" SET "order_created_at" = "orders"."created_at" FROM "orders" WHERE "orders"."id" = "attempts"."order_id";--> statement-breakpoint
-- Whoever writes an attempt gives the order's time along; who does not is helped, for a row without it would be left out of lists.
CREATE FUNCTION attempt_order_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT created_at INTO NEW.order_created_at FROM orders WHERE id = NEW.order_id;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER attempts_order_time BEFORE INSERT ON attempts FOR EACH ROW WHEN (NEW.order_created_at IS NULL) EXECUTE FUNCTION attempt_order_time();
--> statement-breakpoint
ALTER TABLE "order_views" ADD CONSTRAINT "order_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_views" ADD CONSTRAINT "order_views_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "order_views_name" ON "order_views" USING btree ("user_id","merchant_id",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "order_views_default" ON "order_views" USING btree ("user_id","merchant_id") WHERE is_default;--> statement-breakpoint
CREATE INDEX "attempts_number_ending" ON "attempts" USING btree (reverse("gateway_order_no") collate "C");--> statement-breakpoint
CREATE INDEX "attempts_gateway_ref_ending" ON "attempts" USING btree (reverse("gateway_ref") collate "C") WHERE gateway_ref is not null;--> statement-breakpoint
CREATE INDEX "attempts_wallet_ref_ending" ON "attempts" USING btree (reverse("wallet_ref") collate "C") WHERE wallet_ref is not null;--> statement-breakpoint
CREATE INDEX "attempts_ways" ON "attempts" USING btree ("account_id","method","order_created_at","order_id");--> statement-breakpoint
CREATE INDEX "orders_amount" ON "orders" USING btree ("merchant_id","amount","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_test" ON "orders" USING btree ("merchant_id","created_at","id") WHERE not live;--> statement-breakpoint
CREATE INDEX "refunds_number_ending" ON "refunds" USING btree (reverse("refund_no") collate "C");--> statement-breakpoint
CREATE INDEX "refunds_gateway_number_ending" ON "refunds" USING btree (reverse("gateway_refund_ref") collate "C") WHERE gateway_refund_ref is not null;--> statement-breakpoint
CREATE INDEX "orders_list" ON "orders" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_list_state" ON "orders" USING btree ("merchant_id","state","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_review" ON "orders" USING btree ("merchant_id","created_at","id") WHERE needs_review;