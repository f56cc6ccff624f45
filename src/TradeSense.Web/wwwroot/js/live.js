// Live streams: exchanges nonces, tells when the connection is lost, and when the session has ended.
(() => {
  const pageNonce = document.currentScript.nonce;
  const streamNonces = new WeakMap();
  const banner = () => document.getElementById("connection");
  let lostTimer = 0;
  let lastMessageAt = null;

  // A stream's markup carries the nonce of its own response, which its first event tells. The page's nonce in it would be stolen: it is taken out.
  document.addEventListener("htmx:sse:before:message", event => {
    const { connection, message } = event.detail;
    lastMessageAt = new Date();
    if (message.event === "nonce") {
      streamNonces.set(connection, message.data);
      event.detail.cancelled = true;
    } else if (message.event === "gone") {
      showGone();
    } else if (!message.event) {
      const own = streamNonces.get(connection);
      message.data = message.data.replaceAll(`hx-nonce="${pageNonce}"`, "");
      if (own) message.data = message.data.replaceAll(`hx-nonce="${own}"`, `hx-nonce="${pageNonce}"`);
    }
  });

  document.addEventListener("htmx:sse:before:connection", event => {
    if (event.detail.connection.attempt > 0 && !document.hidden) showLostSoon();
  });
  document.addEventListener("htmx:sse:error", showLostSoon);
  document.addEventListener("htmx:sse:after:connection", () => {
    clearTimeout(lostTimer);
    lostTimer = 0;
    banner().hidden = true;
  });

  // The library reconnects what was connected once; a first attempt that failed is ours to repeat.
  let patience = 1000;
  document.addEventListener("htmx:error", event => {
    const stream = event.target.closest?.("[hx-sse\\:connect]");
    if (!stream || stream !== event.target || stream._htmx?.sse) return;
    showLostSoon();
    setTimeout(() => htmx.ajax("GET", stream.getAttribute("hx-sse:connect"), { source: stream }), patience);
    patience = Math.min(patience * 2, 30000);
  });

  // Short gaps are not worth a word: a reconnect usually takes less than a second.
  function showLostSoon() {
    if (lostTimer) return;
    lostTimer = setTimeout(() => {
      const since = banner().querySelector("[data-connection-since]");
      if (since) since.textContent = (lastMessageAt ?? new Date()).toLocaleTimeString([], { hour12: false });
      banner().hidden = false;
    }, 1500);
  }

  function showGone() {
    clearTimeout(lostTimer);
    const words = banner().querySelector("[data-connection-words]");
    const link = document.createElement("a");
    link.href = `/account/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = "Sign in again";
    words.replaceChildren("You were signed out. ", link, " to see live figures.");
    banner().hidden = false;
  }
})();
