(() => {
  const base = document.getElementById("portal")?.dataset.base ?? "/";
  const connect = (again) => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${base}.well-known/trunk/ws`);
    socket.onopen = () => again && location.reload();
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === "reload") location.reload();
      else if (message.type === "buildFailure") console.error(`the build failed: ${message.data.reason}`);
    };
    socket.onclose = () => setTimeout(connect, 2000, true);
  };
  connect(false);
})();
