const fs = require("node:fs");

// Locales, a token and a webhook, which an editor would make at the desk. The token goes to the file that TOKEN_FILE names.
module.exports = {
  register() {},
  async bootstrap({ strapi }) {
    const locales = strapi.plugin("i18n").service("locales");
    const known = new Set((await locales.find()).map((locale) => locale.code));
    for (const [code, name] of [["vi", "Tiếng Việt"], ["en", "English"], ["ko", "한국어"], ["ja", "日本語"], ["zh-CN", "简体中文"], ["fr", "Français"]]) {
      if (!known.has(code)) await locales.create({ code, name });
    }
    const token = await strapi
      .service("admin::api-token")
      .create({ name: `tests ${Date.now()}`, description: "", type: "full-access", lifespan: null });
    if (process.env.HOOK_ADDRESS) {
      const webhook = await strapi.get("webhookStore").createWebhook({
        name: "site sync",
        url: process.env.HOOK_ADDRESS,
        headers: { Authorization: `Bearer ${process.env.HOOK_SECRET}` },
        events: ["entry.create", "entry.update", "entry.publish", "entry.unpublish", "entry.delete"],
        isEnabled: true,
      });
      strapi.get("webhookRunner").add(webhook);
    }
    fs.writeFileSync(process.env.TOKEN_FILE, token.accessKey);
  },
};
