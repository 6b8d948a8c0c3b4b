ALTER TABLE "home_figures" DROP CONSTRAINT "home_figures_kind";--> statement-breakpoint
ALTER TABLE "home_progress" ADD COLUMN "zone" text;--> statement-breakpoint
ALTER TABLE "home_figures" ADD CONSTRAINT "home_figures_kind" CHECK ("home_figures"."kind" in ('order','attempt','day','taken'));