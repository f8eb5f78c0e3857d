// The official clients, brought to one shape: {call, list, questions, close}.
import { Client as NewClient } from "@modelcontextprotocol/client";
import { StdioClientTransport as NewStdio } from "@modelcontextprotocol/client/stdio";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as OldStdio } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema, ElicitationCompleteNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { program } from "../kaneo.mjs";

const self = { name: "sign-in clients", version: "1" };
const modes = { pages: { form: {}, url: {} }, forms: {} };

// What each client is called, and the era that it speaks.
export const clients = {
  "sdk 1.32.2, 2025-11-25": old,
  "client 2.4.0, 2025-11-25": (kaneo, options) => fresh(kaneo, options, "legacy"),
  "client 2.4.0, 2026-07-28": (kaneo, options) => fresh(kaneo, options, { pin: "2026-07-28" }),
  "client 2.4.0, auto": (kaneo, options) => fresh(kaneo, options, "auto"),
};

// options: {elicits: "pages" | "forms" | undefined, answer: async (params) => result}
async function old(kaneo, { elicits, answer }) {
  const client = new OldClient(self, { capabilities: elicits ? { elicitation: modes[elicits] } : {} });
  const seen = { questions: [], completed: [] };
  if (elicits) client.setRequestHandler(ElicitRequestSchema, (request) => consider(seen, request, answer));
  client.setNotificationHandler(ElicitationCompleteNotificationSchema, ({ params }) => void seen.completed.push(params.elicitationId));
  return connect(client, new OldStdio(server(kaneo)), seen);
}

async function fresh(kaneo, { elicits, answer }, mode) {
  const client = new NewClient(self, { capabilities: elicits ? { elicitation: modes[elicits] } : {}, versionNegotiation: { mode } });
  const seen = { questions: [], completed: [] };
  if (elicits) client.setRequestHandler("elicitation/create", (request) => consider(seen, request, answer));
  client.setNotificationHandler("notifications/elicitation/complete", ({ params }) => void seen.completed.push(params.elicitationId));
  return connect(client, new NewStdio(server(kaneo)), seen);
}

const server = (kaneo) => ({ command: program, args: ["serve"], env: kaneo.env, stderr: "pipe" });

function consider(seen, request, answer) {
  seen.questions.push(request.params);
  return answer(request.params);
}

async function connect(client, transport, seen) {
  let log = "";
  transport.stderr?.on("data", (chunk) => (log += chunk));
  await client.connect(transport);
  return {
    ...seen,
    log: () => log,
    list: async () => JSON.stringify((await client.listTools()).tools),
    call: async (name = "get_board", args = { project: "WEB" }) => {
      const result = await client.callTool({ name, arguments: args });
      return { text: result.content[0].text, isError: result.isError ?? false };
    },
    close: () => client.close(),
  };
}
