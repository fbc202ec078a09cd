module.exports = ({ env }) => ({
  host: "127.0.0.1",
  port: env.int("PORT"),
  app: { keys: ["for-tests-only"] },
  logger: { updates: { enabled: false }, startup: { enabled: false } },
});
