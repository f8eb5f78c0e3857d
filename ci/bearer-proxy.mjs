// A proxy on loopback that adds the secret, for clients that cannot send one. Host and Origin are left as they are.
// bearer-proxy.mjs PORT TARGET-PORT, with the secret in KANEO_MCP_HTTP_TOKEN.
import { createServer, request } from "node:http";

const [port, target] = process.argv.slice(2).map(Number);

createServer((from, to) => {
  const onward = request(
    {
      host: "127.0.0.1", port: target, method: from.method, path: from.url, setHost: false, agent: false,
      headers: { ...from.headers, authorization: `Bearer ${process.env.KANEO_MCP_HTTP_TOKEN}` },
    },
    (answer) => {
      to.writeHead(answer.statusCode, answer.headers);
      to.flushHeaders();
      answer.pipe(to);
    },
  );
  onward.on("error", () => to.destroy());
  to.on("close", () => onward.destroy());
  from.pipe(onward);
}).listen(port, "127.0.0.1");
