// `kaneo-mcp serve --sandbox` at a free port, and before it a proxy that adds the secret, for clients that cannot send one. Host
// and Origin are left as they are. Once both are there it prints their addresses: SERVER PROXY. It ends when the program does.
// serve.mjs PROGRAM, with the secret in KANEO_MCP_HTTP_TOKEN.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { createInterface } from "node:readline";

const patience = 20_000; // ms
const [program] = process.argv.slice(2);
const authorization = `Bearer ${process.env.KANEO_MCP_HTTP_TOKEN}`;
let server;

const proxy = createServer((from, to) => {
  const onward = request(
    server,
    { method: from.method, path: from.url, setHost: false, agent: false, headers: { ...from.headers, authorization } },
    (answer) => {
      to.writeHead(answer.statusCode, answer.headers);
      to.flushHeaders();
      answer.pipe(to);
    },
  );
  onward.on("error", () => to.destroy());
  to.on("close", () => onward.destroy());
  from.pipe(onward);
}).listen(0, "127.0.0.1");
await once(proxy, "listening");
const { port } = proxy.address();

const origins = `http://localhost:${port},http://127.0.0.1:${port}`;
const running = spawn(program, ["serve", "--sandbox", "--listen", "127.0.0.1:0", "--allow-origin", origins], {
  stdio: ["ignore", "ignore", "pipe"],
});
running.on("exit", (code) => process.exit(code ?? 1));
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => running.kill());

const late = setTimeout(() => {
  console.error(`${program} does not serve after ${patience} ms`);
  running.kill();
}, patience);
for await (const line of createInterface({ input: running.stderr })) {
  if (!server) console.error(line);
  const serving = line.match(/serving MCP at (http:\S+)\/mcp/);
  if (!serving) continue;
  clearTimeout(late);
  server = serving[1];
  console.log(`${server} http://localhost:${port}`);
}
