// The desk of Strapi is not built: the tests write through its API.
module.exports = () => ({
  serveAdminPanel: false,
  auth: { secret: "for-tests-only" },
  apiToken: { salt: "for-tests-only" },
  transfer: { token: { salt: "for-tests-only" } },
  secrets: { encryptionKey: "for-tests-only-for-tests-only-00" },
});
