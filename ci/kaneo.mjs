// A sandbox and what a person does on its approval page, without a browser.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

// The program under test.
export const program = process.env.KANEO_MCP ?? fail("KANEO_MCP has to name the program");

function fail(why) {
  throw new Error(why);
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// openKaneo starts `kaneo-mcp sandbox` and a home for the servers there.
export async function openKaneo() {
  const process = spawn(program, ["sandbox"], { stdio: ["ignore", "pipe", "inherit"] });
  const home = mkdtempSync(join(tmpdir(), "kaneo-mcp-clients-"));
  let address;
  for await (const line of createInterface({ input: process.stdout })) {
    address ??= line.match(/^address\s+(\S+)/)?.[1];
    if (line.startsWith("Ctrl-C")) break;
  }
  return {
    address,
    home,
    env: { PATH: globalThis.process.env.PATH, KANEO_API_URL: address, XDG_STATE_HOME: home },
    decide: (code, decision) => decide(address, code, decision),
    tokens: () => tokensIn(home),
    close: async () => {
      process.kill();
      await new Promise((ended) => process.once("exit", ended));
      rmSync(home, { recursive: true });
    },
  };
}

// decide presses Continue, chooses Ada and presses Approve or Deny.
async function decide(address, code, decision) {
  const page = await (await fetch(`${address}/device/approve?user_code=${code}`)).text();
  const as = page.match(/value="([^"]+)" required> Ada/)[1];
  const answer = await fetch(`${address}/device/approve`, { method: "POST", body: new URLSearchParams({ user_code: code, as, decision }) });
  if (!answer.ok) fail(`the page answered ${answer.status}`);
}

// tokensIn are the tokens that sign-ins left in a home: what nobody may ever read.
function tokensIn(home) {
  return readdirSync(home, { recursive: true })
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(join(home, name), "utf8")).accessToken)
    .filter(Boolean);
}
