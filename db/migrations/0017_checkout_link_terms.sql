CREATE TABLE "link_visits" (
	"link_id" text NOT NULL,
	"day" date NOT NULL,
	"opened" integer NOT NULL,
	CONSTRAINT "link_visits_link_id_day_pk" PRIMARY KEY("link_id","day")
);
--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "suggested_amount" bigint;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "choices" jsonb;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "quantity_max" integer;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "reusable" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "stock" integer;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "taken_orders" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "taken_pieces" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "opens_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "fields" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "success_message" text;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "locale" text;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "quantity" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "link_oversold" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "success_message" text;--> statement-breakpoint
ALTER TABLE "link_visits" ADD CONSTRAINT "link_visits_link_id_checkout_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."checkout_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "checkout_links_list" ON "checkout_links" USING btree ("merchant_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "orders_by_link" ON "orders" USING btree ("link_id","created_at") WHERE link_id is not null;--> statement-breakpoint
ALTER TABLE "checkout_links" ADD CONSTRAINT "checkout_links_pricing" CHECK (num_nonnulls("checkout_links"."amount", "checkout_links"."choices", "checkout_links"."min_amount") = 1);--> statement-breakpoint
ALTER TABLE "checkout_links" ADD CONSTRAINT "checkout_links_limits" CHECK (num_nulls("checkout_links"."min_amount", "checkout_links"."max_amount") in (0, 2));--> statement-breakpoint
ALTER TABLE "checkout_links" ADD CONSTRAINT "checkout_links_quantity" CHECK ("checkout_links"."quantity_max" is null or ("checkout_links"."quantity_max" between 2 and 999 and "checkout_links"."min_amount" is null));--> statement-breakpoint
ALTER TABLE "checkout_links" ADD CONSTRAINT "checkout_links_fields" CHECK (jsonb_typeof("checkout_links"."fields") = 'array' and jsonb_array_length("checkout_links"."fields") <= 3);--> statement-breakpoint
ALTER TABLE "checkout_links" ADD CONSTRAINT "checkout_links_times" CHECK ("checkout_links"."opens_at" < "checkout_links"."expires_at");--> statement-breakpoint
ALTER TABLE "checkout_links" ADD CONSTRAINT "checkout_links_locale" CHECK ("checkout_links"."locale" in ('zh-CN','zh-HK','en'));--> statement-breakpoint
ALTER TABLE "checkout_links" ADD CONSTRAINT "checkout_links_once" CHECK ("checkout_links"."taken_orders" >= 0 and ("checkout_links"."reusable" or "checkout_links"."taken_orders" <= 1));--> statement-breakpoint
ALTER TABLE "checkout_links" ADD CONSTRAINT "checkout_links_stock" CHECK ("checkout_links"."taken_pieces" >= 0 and ("checkout_links"."stock" is null or "checkout_links"."taken_pieces" <= "checkout_links"."stock"));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_quantity" CHECK ("orders"."quantity" between 1 and 999);