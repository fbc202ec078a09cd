// Tells the server of everything that goes wrong on the page, before the page goes on. It stands before every other
// script of a page.
(() => {
  const tell = (what) => {
    try {
      const request = new XMLHttpRequest();
      request.open("POST", "/recorder", false);
      request.send(what);
    } catch {
      navigator.sendBeacon("/recorder", what);
    }
  };
  const text = (value) => (value instanceof Error ? `${value.name}: ${value.message}` : String(value));
  addEventListener("error", (event) => {
    if (event.target instanceof Element) tell(`not loaded: ${event.target.src ?? event.target.href}`);
    else tell(`error: ${event.message} (${event.filename}:${event.lineno})`);
  }, true);
  addEventListener("unhandledrejection", (event) => tell(`rejection: ${text(event.reason)}`));
  document.addEventListener("securitypolicyviolation", (event) => {
    tell(`policy: ${event.violatedDirective} forbids ${event.blockedURI} ${event.sample}`);
  });
  for (const level of ["error", "warn"]) {
    const original = console[level];
    console[level] = (...values) => {
      tell(`console.${level}: ${values.map(text).join(" ")}`);
      original.apply(console, values);
    };
  }
})();
