CREATE TABLE "refund_limits" (
	"merchant_id" text NOT NULL,
	"currency" text NOT NULL,
	"approval_above" bigint,
	"daily_cap" bigint,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refund_limits_merchant_id_currency_pk" PRIMARY KEY("merchant_id","currency"),
	CONSTRAINT "refund_limits_range" CHECK (coalesce("refund_limits"."approval_above", 0) >= 0 and coalesce("refund_limits"."daily_cap", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "refund_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"order_id" text NOT NULL,
	"attempt_id" text NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"reason" text NOT NULL,
	"note" text,
	"cause" text NOT NULL,
	"state" text DEFAULT 'requested' NOT NULL,
	"requested_by" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"decided_by" text,
	"decision" text,
	"ended_at" timestamp (3) with time zone,
	"refund_id" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refund_requests_amount" CHECK ("refund_requests"."amount" > 0),
	CONSTRAINT "refund_requests_cause" CHECK ("refund_requests"."cause" in ('role','limit')),
	CONSTRAINT "refund_requests_state" CHECK ("refund_requests"."state" in ('requested','approved','declined','withdrawn','expired')),
	CONSTRAINT "refund_requests_ended" CHECK (("refund_requests"."state" = 'requested') = ("refund_requests"."ended_at" is null)),
	CONSTRAINT "refund_requests_approved" CHECK (("refund_requests"."state" = 'approved') = ("refund_requests"."refund_id" is not null)),
	CONSTRAINT "refund_requests_other" CHECK (("refund_requests"."state" in ('approved','declined')) = ("refund_requests"."decided_by" is not null) and "refund_requests"."decided_by" is distinct from "refund_requests"."requested_by")
);
--> statement-breakpoint
ALTER TABLE "refund_limits" ADD CONSTRAINT "refund_limits_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_order" FOREIGN KEY ("order_id","merchant_id") REFERENCES "public"."orders"("id","merchant_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_requests" ADD CONSTRAINT "refund_requests_attempt" FOREIGN KEY ("attempt_id","order_id") REFERENCES "public"."attempts"("id","order_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "refund_requests_idempotency" ON "refund_requests" USING btree ("merchant_id","idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "refund_requests_refund" ON "refund_requests" USING btree ("refund_id");--> statement-breakpoint
CREATE INDEX "refund_requests_of_order" ON "refund_requests" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "refund_requests_list" ON "refund_requests" USING btree ("merchant_id","state","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "refund_requests_due" ON "refund_requests" USING btree ("expires_at") WHERE state = 'requested';--> statement-breakpoint
CREATE INDEX "refunds_list" ON "refunds" USING btree ("merchant_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "refunds_list_state" ON "refunds" USING btree ("merchant_id","state","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
-- A request ends once, along lib/domain/refund-request.ts's table, and what it asks for never changes.
CREATE FUNCTION guard_refund_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'refund requests are never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.amount <> OLD.amount OR NEW.currency <> OLD.currency OR NEW.attempt_id <> OLD.attempt_id OR NEW.order_id <> OLD.order_id
     OR NEW.merchant_id <> OLD.merchant_id OR NEW.requested_by <> OLD.requested_by OR NEW.reason <> OLD.reason
     OR NEW.note IS DISTINCT FROM OLD.note THEN
    RAISE EXCEPTION 'what a refund request asks for never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (OLD.state || '>' || NEW.state) NOT IN
     ('requested>requested', 'requested>approved', 'requested>declined', 'requested>withdrawn', 'requested>expired') THEN
    RAISE EXCEPTION 'refund request cannot go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER refund_requests_guard BEFORE UPDATE OR DELETE ON refund_requests FOR EACH ROW EXECUTE FUNCTION guard_refund_request();
