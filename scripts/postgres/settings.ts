import { statfsSync } from "node:fs";
import { totalmem } from "node:os";

/**
 * PostgreSQL's settings, given on its command line at each start. Durability is never traded: fsync and
 * synchronous_commit stay on for money. `throwaway` is for tests, whose data nobody will ask for again.
 */
export function settings(home: string, throwaway: boolean): Record<string, string> {
  const gigabyte = 1024 ** 3;
  const disk = statfsSync(home);
  // Recycled WAL files are worth a factor of three in commits per second; they cost up to this much disk.
  const roomy = disk.bavail * disk.bsize > 20 * gigabyte;
  const durable = { fsync: "on", synchronous_commit: "on", min_wal_size: roomy ? "2GB" : "256MB", max_wal_size: roomy ? "4GB" : "1GB" };
  const fast = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", min_wal_size: "80MB", max_wal_size: "1GB" };
  return {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: throwaway ? "128MB" : totalmem() > 4 * gigabyte ? "512MB" : "128MB",
    wal_compression: "on",
    timezone: "UTC",
    log_timezone: "UTC",
    ...(throwaway ? fast : durable),
  };
}
