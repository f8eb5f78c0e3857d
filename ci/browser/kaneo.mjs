// A sandbox to sign in to.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
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
  const home = mkdtempSync(join(tmpdir(), "kaneo-mcp-browser-"));
  let address;
  for await (const line of createInterface({ input: process.stdout })) {
    address ??= line.match(/^address\s+(\S+)/)?.[1];
    if (line.startsWith("Ctrl-C")) break;
  }
  return {
    address,
    home,
    env: { PATH: globalThis.process.env.PATH, KANEO_API_URL: address, XDG_STATE_HOME: home },
    close: async () => {
      process.kill();
      await new Promise((ended) => process.once("exit", ended));
      rmSync(home, { recursive: true });
    },
  };
}
