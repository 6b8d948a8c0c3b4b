// Loaded before the server (node --import): when the process that started it is gone, even by kill -9, so is the server.
process.once("disconnect", () => process.exit(0));
process.channel?.unref();
