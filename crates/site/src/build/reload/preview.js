(() => {
  const base = document.getElementById("portal")?.dataset.base ?? "/";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`#preview { position: fixed; inset: auto 0 0; z-index: 9; max-block-size: 60vh; margin: 0; overflow: auto; padding: 1rem;
    background: #2b0b0d; color: #fff; border-block-start: 4px solid #ff6f61; font: 0.875rem/1.5 monospace; white-space: pre-wrap; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const show = (trouble) => {
    const before = document.getElementById("preview");
    if (!trouble) return before?.remove();
    const panel = before ?? document.createElement("pre");
    panel.id = "preview";
    panel.setAttribute("role", "alert");
    panel.textContent = trouble;
    document.body.append(panel);
  };
  // The content may have changed after this page was sent and before it asked for the first time.
  const text = document.getElementById("document")?.textContent;
  const isOld = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    return text && answer.ok && !(await answer.text()).includes(text);
  };
  let known;
  const look = async () => {
    let pause = 0;
    try {
      const answer = await fetch(`${base}.well-known/preview?${known?.state ?? ""}`, { cache: "no-store" });
      const now = await answer.json();
      if (known ? now.generation !== known.generation : await isOld()) return location.reload();
      known = now;
      show(now.trouble);
    } catch {
      pause = 1000;
    }
    setTimeout(look, pause);
  };
  look();
})();
