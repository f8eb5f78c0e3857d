// The official TypeScript clients: the older one over stdio, SSE and Streamable HTTP, the newer one over stdio and
// Streamable HTTP in both eras. Each lists the tools and calls one.
// clients.mjs PROGRAM ADDRESS, with the secret in KANEO_MCP_HTTP_TOKEN.
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import * as newer from "@modelcontextprotocol/client";
import * as newerStdio from "@modelcontextprotocol/client/stdio";

const [program, address] = process.argv.slice(2);
const requestInit = { headers: { Authorization: `Bearer ${process.env.KANEO_MCP_HTTP_TOKEN}` } };
const command = { command: program, args: ["serve", "--sandbox"], stderr: "ignore" };
const info = { name: "clients", version: "1" };
const at = (path) => new URL(path, address);

const cases = {
  "older, stdio": () => [new Client(info), new StdioClientTransport(command)],
  "older, SSE": () => [new Client(info), new SSEClientTransport(at("/sse"), { requestInit })],
  "older, HTTP": () => [new Client(info), new StreamableHTTPClientTransport(at("/mcp"), { requestInit })],
};
for (const mode of ["legacy", "auto"]) {
  const client = () => new newer.Client(info, { versionNegotiation: { mode } });
  cases[`newer, stdio, ${mode}`] = () => [client(), new newerStdio.StdioClientTransport(command)];
  cases[`newer, HTTP, ${mode}`] = () => [client(), new newer.StreamableHTTPClientTransport(at("/mcp"), { requestInit })];
}

for (const [name, make] of Object.entries(cases)) {
  const [client, transport] = make();
  await client.connect(transport);
  const { tools } = await client.listTools();
  assert.ok(tools.some((tool) => tool.name === "list_tasks"), `${name}: list_tasks is not listed`);
  const result = await client.callTool({ name: "list_projects", arguments: {} });
  assert.match(result.content[0].text, /^AUTH REQUIRED/, name); // nobody is signed in to the sandbox
  await client.close();
  console.log(`ok      ${name}: ${tools.length} tools`);
}
